/**
 * Compiles a template into a function that reads the records of a set straight into a batch's columns: no object a
 * record, no look-up a field. Only numbers derived from the template and from the batch's layout enter the source text.
 */
import type { Batch } from '../batch.ts'
import { plan, reversePlan, type Plan } from '../normalise/plan.ts'
import { runtime } from '../normalise/runtime.ts'
import { Budget } from './budget.ts'
import { writeRecord } from './compile-record.ts'
import { anything } from './compile-volume.ts'
import { RecordWriter } from './record-writer.ts'
import type { TemplateField } from './template-fields.ts'

/** What holds for all records of a set. */
export interface Run {
  /** The datagram. */
  view: DataView
  /** The exporter's address, most significant word first. */
  exporter: readonly [number, number, number, number]
  domain: number
  /** Index in SOURCE_TYPES. */
  sourceType: number
  receivedMs: number
  /** When the exporter sent it, by its clock if that can be true. */
  exportMs: number
  /** Milliseconds since the exporter's boot at `exportMs` (32 bits, wraps), or -1 where that is not known. */
  uptimeMs: number
  /** Sampling rate of records that name no sampler, 0 where nobody has said, and its index in SAMPLING_SOURCES. */
  rate: number
  rateSource: number
  /** Rate that goes before what the records say, 0 for none. */
  overrideRate: number
  /** The same for records that name a sampler that is not known. */
  otherRate: number
  otherRateSource: number
  /** Rate by sampler id. */
  samplers: ReadonlyMap<number, number>
  /** Rate by interface index; null where no interface has one. */
  interfaces: ReadonlyMap<number, number> | null
}

/**
 * Reads complete records from `at` up to `end` or until the batch is full; returns where the next one would begin.
 * What is left while the batch has room is padding, or a record cut short.
 */
export type Program = (run: Run, at: number, end: number, batch: Batch) => number

export interface Compiled {
  /** Undefined once it had to go, however many templates hold it: with its code, it takes up some 10 kB. */
  program: Program | undefined
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
  const compiled = { program: compileNow(fields), reverse: compileReverse(fields), used: false }
  if (programs.size >= KEPT) dropLongestUnused()
  programs.set(key, compiled)
  return compiled
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

export function compileNow(fields: readonly TemplateField[]): Program {
  return programOf(programSource(fields, plan(fields)))
}

function compileReverse(fields: readonly TemplateField[]): Program | null {
  const back = reversePlan(fields)
  return back && programOf(programSource(fields, back))
}

function programOf(source: string): Program {
  // oxlint-disable-next-line typescript/no-implied-eval -- only numbers derived from the template are in the source
  return new Function('h', source)(runtime) as Program
}

/** The function's source text. */
export function programSource(fields: readonly TemplateField[], of: Plan): string {
  const w = new RecordWriter(fields)
  writeRecord(w, of)
  return `const masks = ${w.masks()}
return (run, at, end, batch) => {
const v = run.view, B = batch.bytes, H = batch.words16, W = batch.words32
const row = batch.rows | 0, room = ${w.room()}
${w.count()}
if (n <= 0) return at
const last = row + n
${w.before.join('\n')}
${w.validity()}
let o = at | 0
${of.reverse ? someRecords(w, of) : allRecords(w)}
return o
}`
}

function allRecords(w: RecordWriter): string {
  return `for (let r = row, d = (row * 2) | 0; r < last; r = (r + 1) | 0, d = (d + 2) | 0) {
${w.walk()}
${w.lines.join('\n')}
${w.step()}
}
batch.rows = last`
}

/** Records in which nothing went the way back have no row for it. */
function someRecords(w: RecordWriter, of: Plan): string {
  return `let r = row, d = (row * 2) | 0
for (let i = 0; i < n; i++) {
${w.walk()}
if (${anything(w, of)}) {
${w.lines.join('\n')}
r++
d += 2
}
${w.step()}
}
${w.unfilled()}
batch.rows = r`
}
