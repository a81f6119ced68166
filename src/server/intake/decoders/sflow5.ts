/**
 * sFlow version 5 (sflow.org, July 2004; sFlow Dropped Packet Notification Structures, 2020): datagrams and their samples.
 * A flow sample is one row: a packet, times the sampling rate. A discarded packet is one row that counts no packets, for the
 * flow samples count it where it came in.
 */
import { ACTIONS, DIRECTIONS, SAMPLING_SOURCES, SOURCE_TYPES } from '../../../shared/schema/codes.ts'
import type { Batch } from '../batch.ts'
import type { Exporter } from '../exporter.ts'
import { markedSlot, RowMarks } from '../marks.ts'
import { put16, put8, slot } from '../slots.ts'
import type { Decoder } from './decoder.ts'
import { addressEnd, blockEnd } from './sflow-blocks.ts'
import { isCounterSample, readCounterSample } from './sflow-counters.ts'
import { readRecords } from './sflow-records.ts'
import type { SubAgent } from './sflow-state.ts'

/*
 * datagram: version = 5 (u32), agent address, sub-agent (u32), sequence number (u32), uptime in ms (u32),
 * number of samples (u32), samples. sample: format (enterprise 20 bits, number 12 bits), length in octets (u32), content.
 * Samples of unknown format are passed over by their length.
 */
export const sflow5: Decoder = {
  name: 'sflow5',
  decode(bytes, exporter, receivedMs, output) {
    const end = bytes.length
    const view = viewOf(bytes)
    let at = addressEnd(view, 4, end)
    if (at < 0 || at + 16 > end) {
      exporter.lose('decode.short', 1)
      return
    }
    const subAgent = exporter.sflow.subAgent(exporter, view.getUint32(at))
    subAgent.sequence.take(view.getUint32(at + 4), 1, exporter.sequence)
    const uptimeMs = view.getUint32(at + 8)
    let left = view.getUint32(at + 12)
    at += 16
    let rows = 0
    rowMarks.clear()
    for (; left > 0; left--) {
      const next = blockEnd(view, at, end)
      if (next < 0) {
        exporter.lose('decode.short', 1)
        const format = at + 8 <= end ? view.getUint32(at) : 0
        if (isCounterSample(format))
          readCounterSample(bytes, at + 8, end, format, uptimeMs, exporter, receivedMs, output.counters)
        break
      }
      const format = view.getUint32(at)
      at += 8
      if (format === FLOW_SAMPLE || format === EXPANDED_FLOW_SAMPLE || format === DISCARDED_PACKET) {
        if (readHead(view, at, next, format)) {
          writeRow(view, at, next, exporter, subAgent, receivedMs, output.batch)
          rows++
          output.batch.rows++
          if (output.batch.full) {
            rowMarks.write(output.batch)
            output.next()
          }
        } else {
          exporter.lose('decode.short', 1)
        }
      } else if (isCounterSample(format)) {
        if (!readCounterSample(bytes, at, next, format, uptimeMs, exporter, receivedMs, output.counters))
          exporter.lose('decode.short', 1)
      }
      at = next
    }
    rowMarks.write(output.batch)
    exporter.records += rows
    exporter.flows += rows
    exporter.shared.counters.add('records', rows)
    exporter.shared.counters.add('flows', rows)
  },
}

/**
 * The octets for reading wider numbers. They are copied: a view of its own for each datagram takes as long as reading one of
 * its samples (bench/decode.ts).
 */
function viewOf(bytes: Uint8Array): DataView {
  if (bytes.length > copy.length) return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  copy.set(bytes)
  return viewOfCopy
}

/** As long as datagrams get. */
const copy = new Uint8Array(65_536)
const viewOfCopy = new DataView(copy.buffer)

const rowMarks = new RowMarks()

/** The head of the sample at hand, whichever of the three forms it came in. */
const head = {
  octets: 0,
  sequence: 0,
  sourceType: 0,
  sourceIndex: 0,
  rate: 0,
  drops: 0,
  inputFormat: 0,
  input: 0,
  outputFormat: 0,
  output: 0,
  /** Why the packet was dropped, -1 where this is no notification of that. */
  dropReason: -1,
  records: 0,
}

/*
 * flow sample: sequence number (u32), source (type 8 bits, index 24), sampling rate (u32), pool (u32), drops (u32),
 * input, output (each format 2 bits, value 30), number of records (u32), records.
 * expanded flow sample: the same with a u32 each for source type, source index, and formats and values of input and output.
 * discarded packet: sequence number (u32), source type (u32), source index (u32), drops (u32), input (u32), output (u32),
 * reason (u32), number of records (u32), records.
 */
function readHead(view: DataView, at: number, end: number, format: number): boolean {
  if (at + 32 > end) return false
  head.sequence = view.getUint32(at)
  if (format === FLOW_SAMPLE) {
    const source = view.getUint32(at + 4)
    const input = view.getUint32(at + 20)
    const output = view.getUint32(at + 24)
    head.octets = 32
    head.sourceType = source >>> 24
    head.sourceIndex = source & 0xffffff
    head.rate = view.getUint32(at + 8)
    head.drops = view.getUint32(at + 16)
    head.inputFormat = input >>> 30
    head.input = input & INTERNAL
    head.outputFormat = output >>> 30
    head.output = output & INTERNAL
    head.dropReason = -1
    head.records = view.getUint32(at + 28)
    return true
  }
  head.sourceType = view.getUint32(at + 4)
  head.sourceIndex = view.getUint32(at + 8)
  if (format === DISCARDED_PACKET) {
    head.octets = 32
    head.rate = 0
    head.drops = view.getUint32(at + 12)
    head.inputFormat = SINGLE
    head.input = view.getUint32(at + 16)
    head.outputFormat = SINGLE
    head.output = view.getUint32(at + 20)
    head.dropReason = view.getUint32(at + 24)
    head.records = view.getUint32(at + 28)
    return true
  }
  if (at + 44 > end) return false
  head.octets = 44
  head.rate = view.getUint32(at + 12)
  head.drops = view.getUint32(at + 20)
  head.inputFormat = view.getUint32(at + 24)
  head.input = view.getUint32(at + 28)
  head.outputFormat = view.getUint32(at + 32)
  head.output = view.getUint32(at + 36)
  head.dropReason = -1
  head.records = view.getUint32(at + 40)
  return true
}

/** Writes the sample whose head was read as the batch's next row. */
function writeRow(
  view: DataView,
  at: number,
  end: number,
  exporter: Exporter,
  subAgent: SubAgent,
  receivedMs: number,
  batch: Batch,
): void {
  const row = batch.rows
  let marks = writeOrigin(exporter, subAgent.id, receivedMs, batch, row) | writeWay(batch, row)
  let rate = 0
  if (head.dropReason < 0) {
    const { samplingOverride, samplingDefault } = exporter.settings
    const announced = samplingOverride > 0 ? 0 : head.rate
    rate = announced || samplingOverride || samplingDefault
    marks |= writeSampling(rate, announced > 0 ? FROM_RECORD : rate > 0 ? FROM_CONFIGURATION : UNKNOWN, batch, row)
    rate ||= 1
    if (head.rate > 0)
      exporter.sflow.source(exporter, subAgent, head.sourceIndex)?.take(head.sequence, head.rate, head.drops)
  } else {
    writeDrop(head.dropReason, batch, row)
  }
  const inner = exporter.settings.tunnels === 'inner'
  const read = readRecords(view, at + head.octets, end, head.records, rate, inner, exporter, batch, row)
  if (!read.whole) exporter.lose('decode.short', 1)
  marks |= read.marks
  rowMarks.add(batch, row, marks)
}

/** Who says it, and when. */
function writeOrigin(exporter: Exporter, domain: number, receivedMs: number, batch: Batch, row: number): number {
  const { bytes, words32 } = batch
  const { words } = exporter
  const pair = 2 * row
  const low = receivedMs >>> 0
  const high = (receivedMs - low) / 0x1_0000_0000
  words32[(START.first + pair) | 0] = low
  words32[(START.first + 1 + pair) | 0] = high
  words32[(END.first + pair) | 0] = low
  words32[(END.first + 1 + pair) | 0] = high
  words32[(RECEIVED.first + pair) | 0] = low
  words32[(RECEIVED.first + 1 + pair) | 0] = high
  words32[(EXPORTER.first + pair) | 0] = words[1]
  words32[(EXPORTER.first + 1 + pair) | 0] = words[0]
  words32[(EXPORTER.firstLow + pair) | 0] = words[3]
  words32[(EXPORTER.firstLow + 1 + pair) | 0] = words[2]
  words32[(DOMAIN.first + row) | 0] = domain
  bytes[(SOURCE_TYPE.first + row) | 0] = SFLOW5
  return START.bit | END.bit | RECEIVED.bit | EXPORTER.bit | DOMAIN.bit | SOURCE_TYPE.bit
}

/** A packet stands for as many as the rate says. A rate of 0 says nothing: the packet is counted as one. */
function writeSampling(rate: number, from: number, batch: Batch, row: number): number {
  const { bytes, words32 } = batch
  words32[(PACKETS.first + 2 * row) | 0] = rate || 1
  words32[(PACKETS.first + 1 + 2 * row) | 0] = 0
  words32[(SAMPLING_RATE.first + row) | 0] = rate
  bytes[(SAMPLING_SOURCE.first + row) | 0] = from
  return PACKETS.bit | SAMPLING_SOURCE.bit | (rate > 0 ? SAMPLING_RATE.bit : 0)
}

/** The way of the packet through the device. */
function writeWay(batch: Batch, row: number): number {
  const { bytes, words32 } = batch
  const { input, output } = head
  let marks = 0
  const inputKnown = head.inputFormat === SINGLE && input !== 0 && input !== INTERNAL
  const outputKnown = head.outputFormat === SINGLE && output !== 0 && output !== INTERNAL
  if (inputKnown) {
    words32[(IN_IF.first + row) | 0] = input
    marks = IN_IF.bit
  }
  if (outputKnown) {
    words32[(OUT_IF.first + row) | 0] = output
    marks |= OUT_IF.bit
  } else if (head.outputFormat === DISCARDED) {
    words32[(OUT_IF.first + row) | 0] = 0
    marks |= OUT_IF.bit
    writeDrop(output, batch, row)
  }
  if (head.sourceType !== IF_INDEX) return marks
  const cameIn = inputKnown && input === head.sourceIndex
  const wentOut = outputKnown && output === head.sourceIndex
  if (cameIn === wentOut) return marks
  bytes[(DIRECTION.first + row) | 0] = cameIn ? INGRESS : EGRESS
  return marks | DIRECTION.bit
}

/** A packet that was dropped for that reason. */
function writeDrop(reason: number, batch: Batch, row: number): void {
  put8(batch, FORWARDING_STATUS, row, DROP_STATUS[reason] ?? DROPPED)
  if (reason !== REASON_UNKNOWN && reason <= 0xffff) put16(batch, DROP_REASON, row, reason)
  if (reason === PROHIBITED || reason === ACCESS_LIST) put8(batch, ACTION, row, REJECT)
}

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

const START = markedSlot('start')
const END = markedSlot('end')
const RECEIVED = markedSlot('received')
const EXPORTER = markedSlot('exporter')
const DOMAIN = markedSlot('domain')
const SOURCE_TYPE = markedSlot('source.type')
const PACKETS = markedSlot('packets')
const SAMPLING_RATE = markedSlot('sampling.rate')
const SAMPLING_SOURCE = markedSlot('sampling.source')
const IN_IF = markedSlot('in.if')
const OUT_IF = markedSlot('out.if')
const DIRECTION = markedSlot('direction')
const FORWARDING_STATUS = slot('forwarding.status')
const DROP_REASON = slot('drop.reason')
const ACTION = slot('action')
