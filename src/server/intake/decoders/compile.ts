/**
 * Compiles a template into a function that reads the records of a set straight into a batch's columns: no object a
 * record, no look-up a field. Only numbers derived from the template and from the batch's layout enter the source text.
 */
import { BATCH_ROWS, type Batch } from '../batch.ts'
import { ODD, memory } from '../memory.ts'
import { plan, reversePlan, type Plan } from '../normalise/plan.ts'
import { runtime } from '../normalise/runtime.ts'
import { Budget } from './budget.ts'
import { writeRecord } from './compile-record.ts'
import { hasRow } from './compile-volume.ts'
import { makeKernel, type Work } from './kernel.ts'
import { RecordWriter } from './record-writer.ts'
import { tellKernels, type Run } from './run.ts'
import type { TemplateField } from './template-fields.ts'

/**
 * Reads complete records from `at` up to `end` or until the batch is full; returns where the next one would begin.
 * What is left while the batch has room is padding, or a record cut short.
 */
export type Program = (run: Run, at: number, end: number, batch: Batch) => number

export interface Ripening {
  /** Undefined once it had to go, however many templates hold it: with its code, it takes up some 10 kB. */
  program: Program | undefined
  /** Records read with it, until it gets a kernel. */
  records: number
}

export interface Compiled extends Ripening {
  /** Of biflows, for the way back; null where there is none. */
  reverse: Program | null
  /** Whether a template has used it since it was last looked at. */
  used: boolean
}

/** So many compiled templates are kept, for all exporters that send the same. */
const KEPT = 4096
/** Those that were kept or looked at longest ago first; one that was `used` since then is passed over once. */
const programs = new Map<string, Compiled>()
/** Compiling takes about 0.4 ms, so what exporters can make Weir compile is bounded: 4 % of a core. */
const everybody = new Budget(4096, 100)

/** The program for a field list; equal lists share one. Undefined where the exporter's budget or that of all is spent. */
export function compile(fields: readonly TemplateField[], budget: Budget, nowMs: number): Compiled | undefined {
  const key = fields.map(({ enterprise, id, length }) => `${enterprise}.${id}:${length}`).join()
  const found = programs.get(key)
  if (found) {
    found.used = true
    return found
  }
  if (!budget.has(nowMs) || !everybody.has(nowMs)) return undefined
  budget.spend()
  everybody.spend()
  const compiled = { program: compileNow(fields), reverse: compileReverse(fields), used: false, records: 0 }
  if (programs.size >= KEPT) dropLongestUnused()
  programs.set(key, compiled)
  return compiled
}

/** A kernel takes some milliseconds and some 100 kB; it pays for templates that many records come by. */
const WORTH_A_KERNEL = 4096
const kernels = new Budget(64, 1)

/** Counts records read, and gives the program a kernel once that pays. */
export function ripen(
  compiled: Ripening,
  of: { readonly fields: readonly TemplateField[] },
  records: number,
  nowMs: number,
): void {
  if (compiled.records > WORTH_A_KERNEL) return
  compiled.records += records
  if (compiled.records <= WORTH_A_KERNEL) return
  if (!kernels.has(nowMs)) compiled.records = 0
  else {
    kernels.spend()
    compiled.program = compileNow(of.fields, true)
  }
}

function dropLongestUnused(): void {
  for (const [key, compiled] of programs) {
    programs.delete(key)
    // One that is put back is met again, then unused.
    if (!compiled.used) {
      compiled.program = undefined
      compiled.reverse = null
      return
    }
    compiled.used = false
    programs.set(key, compiled)
  }
}

export function compileNow(fields: readonly TemplateField[], withKernel = false): Program {
  return programOf(fields, plan(fields), withKernel)
}

function compileReverse(fields: readonly TemplateField[]): Program | null {
  const back = reversePlan(fields)
  return back && programOf(fields, back, false)
}

function programOf(fields: readonly TemplateField[], of: Plan, withKernel: boolean): Program {
  const { source, work } = programSource(fields, of, withKernel && !isBiflow(of))
  const octets = fields.reduce((sum, { length }) => sum + length, 0)
  const kernel = work && makeKernel(octets, work)
  // oxlint-disable-next-line typescript/no-implied-eval -- only numbers derived from the template are in the source
  return new Function('h', 'kernel', 'tell', 'odd', source)(runtime, kernel, tellKernels, oddRecords()) as Program
}

function isBiflow({ reverse, back }: Plan): boolean {
  return reverse || back.length > 0
}

/** The function's source text, and what a kernel is to do for it. */
export function programSource(
  fields: readonly TemplateField[],
  of: Plan,
  withKernel: boolean,
): { source: string; work: Work | null } {
  const w = new RecordWriter(fields, withKernel)
  writeRecord(w, of)
  const source = `const masks = ${w.masks()}
return (run, at, end, batch) => {
const v = run.view, B = batch.bytes, H = batch.words16, W = batch.words32
const row = batch.rows | 0, room = ${w.room()}
${w.count()}
if (n <= 0) return at
const last = row + n
${w.before.join('\n')}
${w.validity()}
${w.kernel ? `tell(run)\nconst odds = kernel(v.byteOffset + at, batch.place.byteOffset, row, n)` : ''}
${isBiflow(of) ? someRecords(w, of) : w.kernel && !w.hasCommon ? oddRecordsOf(w) : allRecords(w)}
}`
  return { source, work: w.kernel }
}

/** Those that the kernel has left, or all where the set is odd. */
function oddRecordsOf(w: RecordWriter): string {
  return `const all = ${['false', ...w.oddSets].join(' || ')}
for (let i = 0, m = all ? n : odds; i < m; i++) {
const k = all ? i : odd[i], r = (row + k) | 0, d = (r * 2) | 0, o = (at + k * ${w.recordLength}) | 0
${w.lines.join('\n')}
}
batch.rows = last
return at + n * ${w.recordLength}`
}

let listed: Uint32Array | undefined

function oddRecords(): Uint32Array {
  return (listed ??= new Uint32Array(memory().buffer, ODD, BATCH_ROWS))
}

function allRecords(w: RecordWriter): string {
  return `let o = at | 0
for (let r = row, d = (row * 2) | 0; r < last; r = (r + 1) | 0, d = (d + 2) | 0) {
${w.walk()}
${w.lines.join('\n')}
${w.step()}
}
batch.rows = last
return o`
}

/** Of biflows: records in which nothing went this way have no row for it. */
function someRecords(w: RecordWriter, of: Plan): string {
  return `let o = at | 0
let r = row, d = (row * 2) | 0
for (let i = 0; i < n; i++) {
${w.walk()}
if (${hasRow(w, of)}) {
${w.lines.join('\n')}
r++
d += 2
}
${w.step()}
}
${w.unfilled()}
run.passed += last - r
batch.rows = r
return o`
}
