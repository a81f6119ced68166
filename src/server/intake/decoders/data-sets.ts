/** Sets that hold data: flows, or what an exporter tells of itself. */
import { SAMPLING_SOURCES } from '../../../shared/schema/codes.ts'
import { slotOf } from '../../counters.ts'
import { Scratch } from '../memory.ts'
import type { Program } from './compile.ts'
import type { Message } from './message.ts'
import { finishRows } from './finish.ts'
import { readNames } from './option-names.ts'
import { readOptions } from './options.ts'
import type { Run } from './run.ts'
import { learn } from './option-structures.ts'
import { readStructured } from './structured.ts'
import type { Template } from './template.ts'

const RECORDS = slotOf('records')
const FLOWS = slotOf('flows')

/** How many records were read, and where the last one ended. */
interface Read {
  readonly records: number
  readonly next: number
}

/** Reads a data set, or keeps it until its template comes. */
export function readData(message: Message, from: number, end: number, templateId: number): void {
  const { view, exporter, domain, header } = message
  if (from === end) return
  const template = domain.template(templateId)
  if (!template) {
    exporter.waiting.add(
      exporter,
      domain.waiting,
      templateId,
      new Uint8Array(view.buffer, view.byteOffset + from, end - from),
      header,
    )
    message.exact = false
    return
  }
  message.exporter.shared.tap?.dataSet(message, from, end, template, false)
  readWith(message, from, end, template)
}

/** Reads what has waited for a template. */
export function readWaiting(message: Message, template: Template): void {
  const { exporter, domain } = message
  for (const waited of exporter.waiting.take(domain.waiting, template.id)) {
    const { header } = waited
    const { bytes, view } = Scratch.ofWaiting.load(waited.bytes)
    const late = { ...message, view, header }
    exporter.shared.tap?.dataSet(late, 0, bytes.length, template, true)
    readWith(late, 0, bytes.length, template)
  }
}

/** Runs a program over records, from batch to batch, and counts them. */
export function runProgram(message: Message, program: Program, from: number, end: number): Read {
  const { rows, passed, next } = writeRows(message, program, from, end)
  countFlows(message, rows + passed, rows)
  return { records: rows + passed, next }
}

/** How many rows there were, how many records made none, and where the last record ended. */
function writeRows(
  message: Message,
  program: Program,
  from: number,
  end: number,
): { rows: number; passed: number; next: number } {
  const { output } = message
  const run = prepare(message)
  run.passed = 0
  let rows = 0
  let at = from
  while (true) {
    const { batch } = output
    const before = batch.rows
    const next = program(run, at, end, batch)
    rows += batch.rows - before
    finishRows(message, batch, before, batch.rows)
    if (batch.full) output.next()
    const isDone = next === at || next === end
    at = next
    if (isDone) break
  }
  return { rows, passed: run.passed, next: at }
}

function countFlows({ exporter }: Message, records: number, flows: number): void {
  exporter.records += records
  exporter.flows += flows
  const { counters } = exporter.shared
  counters.addAt(RECORDS, records)
  counters.addAt(FLOWS, flows)
}

function readWith(message: Message, from: number, end: number, template: Template): void {
  const read = template.isOptions
    ? readKnowledge(message, from, end, template)
    : readFlows(message, from, end, template)
  if (!read) return
  const { records, next } = read
  const { exporter, header } = message
  if (records > 0 && header.receivedMs >= template.sampleAtMs && !template.isOptions)
    template.sampleAtMs = exporter.samples.take(exporter, template, message.view, from, end, header.receivedMs)
  template.count(records, header.receivedMs)
  message.records += records
  // What is left is padding, unless a record of variable length runs over the end, or not even one is complete.
  if (records > 0 && end - next < template.shortest) return
  exporter.lose('decode.short', 1)
  message.exact = false
}

function readFlows(message: Message, from: number, end: number, template: Template): Read | undefined {
  const { exporter, header } = message
  if (template.structured) {
    const read = readStructured(message, from, end, template, writeRows)
    countFlows(message, read.records, read.rows)
    return read
  }
  const program = template.program(exporter.netflow.compiling, header.receivedMs)
  if (program) {
    const read = runProgram(message, program, from, end)
    const { reverse } = template
    if (reverse) countFlows(message, 0, writeRows(message, reverse, from, end).rows)
    return read
  }
  exporter.lose('decode.templatesFull', 1)
  message.exact = false
  return undefined
}

function readKnowledge(message: Message, from: number, end: number, template: Template): Read {
  const { view, exporter, domain, header } = message
  const read = readOptions(template, view, from, end, header.receivedMs, {
    sampling(of, id, rate) {
      if (!exporter.netflow.defineSampling(exporter, domain, of, id, rate)) exporter.lose('decode.optionsFull', 1)
    },
    systemInit(ms) {
      exporter.netflow.defineBoot(exporter, domain, ms)
    },
  })
  if (template.teaching) learn(message, from, read.next, template)
  if (template.naming) readNames(message, from, read.next, template)
  exporter.options += read.records
  exporter.shared.counters.add('options', read.records)
  return read
}

const CONFIGURATION = SAMPLING_SOURCES.indexOf('configuration')
const NONE: ReadonlyMap<number, number> = new Map()

/** One for all messages: they are read one after the other. */
const run: Run = {
  view: new DataView(new ArrayBuffer(0)),
  exporter: [0, 0, 0, 0],
  domain: 0,
  sourceType: 0,
  receivedMs: 0,
  exportMs: 0,
  uptimeMs: -1,
  rate: 0,
  rateSource: 0,
  overrideRate: 0,
  otherRate: 0,
  otherRateSource: 0,
  sampler: 0,
  samplers: new Map(),
  interfaces: null,
  passed: 0,
}

function prepare({ view, exporter, domain, header }: Message): Run {
  run.view = view
  run.exporter = exporter.words
  run.domain = domain.id
  run.sourceType = domain.sourceType
  run.receivedMs = header.receivedMs
  run.exportMs = header.exportMs
  run.uptimeMs = header.uptimeMs >= 0 ? header.uptimeMs : uptimeSince(domain.systemInitMs, header.exportMs)
  const { samplingOverride } = exporter.settings
  run.overrideRate = samplingOverride
  if (samplingOverride > 0) {
    run.rate = samplingOverride
    run.otherRate = samplingOverride
    run.rateSource = CONFIGURATION
    run.otherRateSource = CONFIGURATION
    run.samplers = NONE
    run.interfaces = null
    return run
  }
  run.rate = domain.unnamed.rate
  run.rateSource = domain.unnamed.source
  run.otherRate = domain.whole.rate
  run.otherRateSource = domain.whole.source
  run.samplers = domain.samplers
  run.interfaces = domain.interfaces.size > 0 ? domain.interfaces : null
  return run
}

function uptimeSince(bootMs: number, exportMs: number): number {
  return bootMs >= 0 && bootMs <= exportMs ? (exportMs - bootMs) >>> 0 : -1
}
