/** The samples of sFlow version 5 that are flows: sampled packets, and notifications of dropped ones. */
import { ACTIONS, DIRECTIONS, SAMPLING_SOURCES, SOURCE_TYPES } from '../../../shared/schema/codes.ts'
import { COLUMNS, type StoredFieldName } from '../../../shared/schema/fields.ts'
import { BATCH_ROWS, columnIndex, layout, type Batch } from '../batch.ts'
import type { Exporter } from '../exporter.ts'
import { markedSlot, writeMarks } from '../marks.ts'
import { put16, put8, slot } from '../slots.ts'
import { makeKernel, type Kernel, type Work } from './kernel.ts'
import { runAddress, tellOrigin, type RunAddress } from './run.ts'
import { sampleKernel } from './sflow-kernel.ts'
import { readRecords } from './sflow-records.ts'
import type { SubAgent } from './sflow-state.ts'

// `>>> 0` and `| 0` tell V8 that a number is whole and has 32 bits: without, it calculates in doubles.

/** Rows that may be open, which is to say written but for what `finishRows` adds. */
export const MOST_ROWS = 32

/** Marks of the open rows. */
const marks = new Int32Array(MOST_ROWS)

/** Whether samples of that format are rows. */
export function isFlowSample(format: number): boolean {
  return format === FLOW_SAMPLE || format === EXPANDED_FLOW_SAMPLE || format === DISCARDED_PACKET
}

/*
 * flow sample: sequence number (u32), source (type 8 bits, index 24), sampling rate (u32), pool (u32), drops (u32),
 * input, output (each format 2 bits, value 30), number of records (u32), records.
 * expanded flow sample: the same with a u32 each for source type, source index, and formats and values of input and output.
 * discarded packet: sequence number (u32), source type (u32), source index (u32), drops (u32), input (u32), output (u32),
 * reason (u32), number of records (u32), records.
 */
/**
 * Writes the sample whose content is `[at, end)` as the batch's next row, which stays open: the `open`-th from 0. False where
 * it is too short to be one.
 */
export function writeSample(
  format: number,
  view: DataView,
  at: number,
  end: number,
  exporter: Exporter,
  subAgent: SubAgent,
  batch: Batch,
  open: number,
): boolean {
  const compact = format === FLOW_SAMPLE
  const dropped = format === DISCARDED_PACKET
  const recordsAt = (at + (format === EXPANDED_FLOW_SAMPLE ? 44 : 32)) | 0
  if (recordsAt > end) return false
  const row = batch.rows & (BATCH_ROWS - 1)
  if (compact && exporter.settings.samplingOverride === 0) {
    const base = view.byteOffset
    const plain = sampleKernel()(base + at, base + end, batch.place.byteOffset, row)
    if (plain !== 0) {
      marks[open] = plain
      takeSample(exporter, subAgent, view.getUint32((at + 4) | 0) & 0xffffff, view, at, (at + 8) | 0)
      return true
    }
  }
  const source = view.getUint32((at + 4) | 0)
  const sourceType = (compact ? source >>> 24 : source) >>> 0
  const sourceIndex = (compact ? source & 0xffffff : view.getUint32((at + 8) | 0)) >>> 0
  let found = 0
  let rate = 0
  if (compact) {
    const input = view.getUint32((at + 20) | 0)
    const output = view.getUint32((at + 24) | 0)
    found = writeWay(
      sourceType,
      sourceIndex,
      input >>> 30,
      input & INTERNAL,
      output >>> 30,
      output & INTERNAL,
      batch,
      row,
    )
  } else if (dropped) {
    found = writeWay(
      sourceType,
      sourceIndex,
      SINGLE,
      view.getUint32(at + 16),
      SINGLE,
      view.getUint32(at + 20),
      batch,
      row,
    )
    writeDrop(view.getUint32(at + 24), batch, row)
  } else {
    found = writeWay(
      sourceType,
      sourceIndex,
      view.getUint32(at + 24),
      view.getUint32(at + 28),
      view.getUint32(at + 32),
      view.getUint32(at + 36),
      batch,
      row,
    )
  }
  if (!dropped) {
    const ratesAt = (at + (compact ? 8 : 12)) | 0
    const announced = view.getUint32(ratesAt)
    const { samplingOverride, samplingDefault } = exporter.settings
    rate = (samplingOverride || announced || samplingDefault) >>> 0
    found |= writeSampling(rate, rate !== announced || samplingOverride > 0, batch, row)
    if (rate === 0) rate = 1
    if (announced > 0) takeSample(exporter, subAgent, sourceIndex, view, at, ratesAt)
  }
  marks[open] = found | readRecords(view, recordsAt, end, rate, exporter, batch, row)
  return true
}

/** Takes in the sample's sequence number, and its source's rate and drops. */
function takeSample(
  exporter: Exporter,
  subAgent: SubAgent,
  sourceIndex: number,
  view: DataView,
  at: number,
  ratesAt: number,
): void {
  exporter.sflow
    .source(exporter, subAgent, sourceIndex)
    ?.take(view.getUint32(at), view.getUint32(ratesAt), view.getUint32((ratesAt + 8) | 0))
}

/** A packet stands for as many as the rate says. A rate of 0 says nothing: the packet is counted as one. */
function writeSampling(rate: number, configured: boolean, batch: Batch, row: number): number {
  const { bytes, words32 } = batch
  words32[PACKETS.first + 2 * row] = rate || 1
  words32[PACKETS.first + 1 + 2 * row] = 0
  words32[SAMPLING_RATE.first + row] = rate
  bytes[SAMPLING_SOURCE.first + row] = rate === 0 ? UNKNOWN : configured ? FROM_CONFIGURATION : FROM_RECORD
  return rate === 0 ? PACKETS.bit | SAMPLING_SOURCE.bit : PACKETS.bit | SAMPLING_SOURCE.bit | SAMPLING_RATE.bit
}

/** The way of the packet through the device. */
function writeWay(
  sourceType: number,
  sourceIndex: number,
  inputFormat: number,
  input: number,
  outputFormat: number,
  output: number,
  batch: Batch,
  row: number,
): number {
  const { bytes, words32 } = batch
  const inputKnown = inputFormat === SINGLE && input !== 0 && input !== INTERNAL
  const outputKnown = outputFormat === SINGLE && output !== 0 && output !== INTERNAL
  let found = 0
  if (inputKnown) {
    words32[IN_IF.first + row] = input
    found = IN_IF.bit
  }
  if (outputKnown) {
    words32[OUT_IF.first + row] = output
    found |= OUT_IF.bit
  } else if (outputFormat === DISCARDED) {
    words32[OUT_IF.first + row] = 0
    found |= OUT_IF.bit
    writeDrop(output, batch, row)
  }
  if (sourceType !== IF_INDEX) return found
  const cameIn = inputKnown && input === sourceIndex
  const wentOut = outputKnown && output === sourceIndex
  if (cameIn === wentOut) return found
  bytes[DIRECTION.first + row] = cameIn ? INGRESS : EGRESS
  return found | DIRECTION.bit
}

/** A packet that was dropped for that reason. */
function writeDrop(reason: number, batch: Batch, row: number): void {
  put8(batch, FORWARDING_STATUS, row, DROP_STATUS[reason] ?? DROPPED)
  if (reason !== REASON_UNKNOWN && reason <= 0xffff) put16(batch, DROP_REASON, row, reason)
  if (reason === PROHIBITED || reason === ACCESS_LIST) put8(batch, ACTION, row, REJECT)
}

/** Closes the `count` open rows, the last ones of the batch: adds who says it and when, and marks what they have. */
export function finishRows(count: number, exporter: Exporter, domain: number, receivedMs: number, batch: Batch): void {
  if (count === 0) return
  const first = batch.rows - count
  tellOrigin(exporter.words, receivedMs, domain, SFLOW5)
  closing ??= makeKernel(0, ORIGIN)
  closing(0, batch.place.byteOffset, first, count)
  writeMarks(batch, first, count, marks)
}

let closing: Kernel | undefined

const FLOW_SAMPLE = 1
const EXPANDED_FLOW_SAMPLE = 3
const DISCARDED_PACKET = 5

/** Source type: an interface, by its ifIndex. */
const IF_INDEX = 0
/** Forms of input and output: one interface, or none because the packet was dropped. */
const SINGLE = 0
const DISCARDED = 1
/** Input or output is the device itself. */
const INTERNAL = 0x3fffffff

const PROHIBITED = 13
const REASON_UNKNOWN = 256
const ACCESS_LIST = 258

/** Forwarding status (RFC 7270 §4.12): dropped, reason unknown. */
const DROPPED = 128
/**
 * The same with a reason, by sFlow's reason: ICMP unreachable codes 0 to 15, time to live 257, access list 258,
 * random early drop 260, shaping 261, too big 262.
 */
const DROP_STATUS: Readonly<Record<number, number>> = {
  0: 131,
  1: 132,
  4: 133,
  [PROHIBITED]: 129,
  257: 137,
  [ACCESS_LIST]: 129,
  260: 139,
  261: 138,
  262: 133,
}

const SFLOW5 = SOURCE_TYPES.indexOf('sflow5')
const FROM_RECORD = SAMPLING_SOURCES.indexOf('record')
const FROM_CONFIGURATION = SAMPLING_SOURCES.indexOf('configuration')
const UNKNOWN = SAMPLING_SOURCES.indexOf('none')
const INGRESS = DIRECTIONS.indexOf('ingress')
const EGRESS = DIRECTIONS.indexOf('egress')
const REJECT = ACTIONS.indexOf('reject')

const PACKETS = markedSlot('packets')
const SAMPLING_RATE = markedSlot('sampling.rate')
const SAMPLING_SOURCE = markedSlot('sampling.source')
const IN_IF = markedSlot('in.if')
const OUT_IF = markedSlot('out.if')
const DIRECTION = markedSlot('direction')
const FORWARDING_STATUS = slot('forwarding.status')
const DROP_REASON = slot('drop.reason')
const ACTION = slot('action')

const ORIGIN_FIELDS = [
  { field: 'start', part: 0, run: 'received' },
  { field: 'end', part: 0, run: 'received' },
  { field: 'received', part: 0, run: 'received' },
  { field: 'exporter', part: 0, run: 'exporterHigh' },
  { field: 'exporter', part: 1, run: 'exporterLow' },
  { field: 'domain', part: 0, run: 'domain' },
  { field: 'source.type', part: 0, run: 'sourceType' },
] as const satisfies readonly { field: StoredFieldName; part: 0 | 1; run: RunAddress }[]

/** What `finishRows` adds. */
const ORIGIN: Work = {
  valid: [...new Set(ORIGIN_FIELDS.map(({ field }) => slot(field).valid))],
  copies: ORIGIN_FIELDS.map(({ field, part, run }) => ({
    to: layout().columns[columnIndex(field) + part] as number,
    width: COLUMNS[columnIndex(field)]?.part.width ?? 8,
    from: { address: runAddress(run) },
  })),
  counts: [],
  checks: [],
  times: null,
  icmp: null,
}
