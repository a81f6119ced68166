/** sFlow version 5 (sflow.org, July 2004): datagrams and their samples. Each flow sample is one row: a packet, times the sampling rate. */
import { DIRECTIONS, SAMPLING_SOURCES, SOURCE_TYPES } from '../../../shared/schema/codes.ts'
import type { Batch } from '../batch.ts'
import type { Exporter } from '../exporter.ts'
import { put32, put8, putAddress, putNumber, slot, u32 } from '../slots.ts'
import type { Decoder } from './decoder.ts'
import { isCounterSample, readCounterSample } from './sflow-counters.ts'
import { addressEnd, blockEnd, readRecords } from './sflow-records.ts'
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
    let at = addressEnd(bytes, 4, end)
    if (at < 0 || at + 16 > end) {
      exporter.lose('decode.short', 1)
      return
    }
    const subAgent = exporter.sflow.subAgent(exporter, u32(bytes, at))
    subAgent.sequence.take(u32(bytes, at + 4), 1, exporter.sequence)
    const uptimeMs = u32(bytes, at + 8)
    let left = u32(bytes, at + 12)
    at += 16
    let rows = 0
    for (; left > 0; left--) {
      const next = blockEnd(bytes, at, end)
      if (next < 0) {
        exporter.lose('decode.short', 1)
        const format = at + 8 <= end ? u32(bytes, at) : 0
        if (isCounterSample(format))
          readCounterSample(bytes, at + 8, end, format, uptimeMs, exporter, receivedMs, output.counters)
        break
      }
      const format = u32(bytes, at)
      at += 8
      if ((format === FLOW_SAMPLE || format === EXPANDED_FLOW_SAMPLE) && readSampleHeader(bytes, at, next, format)) {
        writeSample(output.batch, exporter, subAgent, receivedMs)
        if (
          !readRecords(
            bytes,
            at + sample.headerOctets,
            next,
            sample.records,
            sample.rate || 1,
            output.batch,
            output.batch.rows,
          )
        )
          exporter.lose('decode.short', 1)
        rows++
        output.batch.rows++
        if (output.batch.full) output.next()
      } else if (format === FLOW_SAMPLE || format === EXPANDED_FLOW_SAMPLE) {
        exporter.lose('decode.short', 1)
      } else if (isCounterSample(format)) {
        if (!readCounterSample(bytes, at, next, format, uptimeMs, exporter, receivedMs, output.counters))
          exporter.lose('decode.short', 1)
      }
      at = next
    }
    exporter.records += rows
    exporter.flows += rows
    exporter.shared.counters.add('records', rows)
    exporter.shared.counters.add('flows', rows)
  },
}

/** The sample at hand, whichever of the two forms it came in. */
const sample = {
  headerOctets: 0,
  sourceType: 0,
  sourceIndex: 0,
  rate: 0,
  inputFormat: 0,
  input: 0,
  outputFormat: 0,
  output: 0,
  records: 0,
}

/*
 * flow sample: sequence number (u32), source (type 8 bits, index 24), sampling rate (u32), pool (u32), drops (u32),
 * input, output (each format 2 bits, value 30), number of records (u32), records.
 * expanded flow sample: the same with a u32 each for source type, source index, and formats and values of input and output.
 */
function readSampleHeader(bytes: Uint8Array, at: number, end: number, format: number): boolean {
  if (format === FLOW_SAMPLE) {
    if (at + 32 > end) return false
    sample.headerOctets = 32
    sample.sourceType = bytes[at + 4] as number
    sample.sourceIndex = u32(bytes, at + 4) & 0xffffff
    sample.rate = u32(bytes, at + 8)
    sample.inputFormat = (bytes[at + 20] as number) >> 6
    sample.input = u32(bytes, at + 20) & 0x3fffffff
    sample.outputFormat = (bytes[at + 24] as number) >> 6
    sample.output = u32(bytes, at + 24) & 0x3fffffff
    sample.records = u32(bytes, at + 28)
  } else {
    if (at + 44 > end) return false
    sample.headerOctets = 44
    sample.sourceType = u32(bytes, at + 4)
    sample.sourceIndex = u32(bytes, at + 8)
    sample.rate = u32(bytes, at + 12)
    sample.inputFormat = u32(bytes, at + 24)
    sample.input = u32(bytes, at + 28)
    sample.outputFormat = u32(bytes, at + 32)
    sample.output = u32(bytes, at + 36)
    sample.records = u32(bytes, at + 40)
  }
  return true
}

/** Writes what the sample's header says. A rate of 0 says nothing: the packet is counted as one. */
function writeSample(batch: Batch, exporter: Exporter, subAgent: SubAgent, receivedMs: number): void {
  const row = batch.rows
  putNumber(batch, START, row, receivedMs)
  putNumber(batch, END, row, receivedMs)
  putNumber(batch, RECEIVED, row, receivedMs)
  const { words } = exporter
  putAddress(batch, EXPORTER, row, words[0], words[1], words[2], words[3])
  put32(batch, DOMAIN, row, subAgent.id)
  put8(batch, SOURCE_TYPE, row, SFLOW5)
  putNumber(batch, PACKETS, row, sample.rate || 1)
  if (sample.rate > 0) {
    put32(batch, SAMPLING_RATE, row, sample.rate)
    put8(batch, SAMPLING_SOURCE, row, FROM_RECORD)
    exporter.sflow.sampled(exporter, subAgent, sample.sourceIndex, sample.rate)
  } else {
    put8(batch, SAMPLING_SOURCE, row, UNKNOWN)
  }

  const inputKnown = sample.inputFormat === SINGLE && sample.input !== 0 && sample.input !== INTERNAL
  const outputKnown = sample.outputFormat === SINGLE && sample.output !== 0 && sample.output !== INTERNAL
  if (inputKnown) put32(batch, IN_IF, row, sample.input)
  if (outputKnown) put32(batch, OUT_IF, row, sample.output)
  if (sample.outputFormat === DISCARDED) {
    put32(batch, OUT_IF, row, 0)
    put8(batch, FORWARDING_STATUS, row, DROP_STATUS[sample.output] ?? DROPPED)
  }
  if (sample.sourceType !== IF_INDEX) return
  const cameIn = inputKnown && sample.input === sample.sourceIndex
  const wentOut = outputKnown && sample.output === sample.sourceIndex
  if (cameIn !== wentOut) put8(batch, DIRECTION, row, cameIn ? INGRESS : EGRESS)
}

const FLOW_SAMPLE = 1
const EXPANDED_FLOW_SAMPLE = 3

/** Source type: an interface, by its ifIndex. */
const IF_INDEX = 0
/** Forms of input and output: one interface, or none because the packet was dropped. */
const SINGLE = 0
const DISCARDED = 1
/** Input or output is the device itself. */
const INTERNAL = 0x3fffffff

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
  13: 129,
  257: 137,
  258: 129,
  260: 139,
  261: 138,
  262: 133,
}

const SFLOW5 = SOURCE_TYPES.indexOf('sflow5')
const FROM_RECORD = SAMPLING_SOURCES.indexOf('record')
const UNKNOWN = SAMPLING_SOURCES.indexOf('none')
const INGRESS = DIRECTIONS.indexOf('ingress')
const EGRESS = DIRECTIONS.indexOf('egress')

const START = slot('start')
const END = slot('end')
const RECEIVED = slot('received')
const EXPORTER = slot('exporter')
const DOMAIN = slot('domain')
const SOURCE_TYPE = slot('source.type')
const PACKETS = slot('packets')
const SAMPLING_RATE = slot('sampling.rate')
const SAMPLING_SOURCE = slot('sampling.source')
const IN_IF = slot('in.if')
const OUT_IF = slot('out.if')
const DIRECTION = slot('direction')
const FORWARDING_STATUS = slot('forwarding.status')
