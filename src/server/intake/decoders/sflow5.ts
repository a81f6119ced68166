/**
 * sFlow version 5 (sflow.org, July 2004; sFlow Dropped Packet Notification Structures, 2020): datagrams and their samples.
 * A flow sample is one row: a packet, times the sampling rate. A discarded packet is one row that counts no packets, for the
 * flow samples count it where it came in.
 */
import { slotOf } from '../../counters.ts'
import type { Decoder } from './decoder.ts'
import { addressEnd, blockEnd } from './sflow-blocks.ts'
import { isCounterSample, readCounterSample } from './sflow-counters.ts'
import { finishRows, isFlowSample, MOST_ROWS, writeSample } from './sflow-samples.ts'

/*
 * datagram: version = 5 (u32), agent address, sub-agent (u32), sequence number (u32), uptime in ms (u32),
 * number of samples (u32), samples. sample: format (enterprise 20 bits, number 12 bits), length in octets (u32), content.
 * Samples of unknown format are passed over by their length.
 */
export const sflow5: Decoder = {
  name: 'sflow5',
  decode(bytes, exporter, receivedMs, output, view) {
    const end = bytes.length
    let at = addressEnd(view, 4, end)
    if (at < 0 || at + 16 > end) {
      exporter.lose('decode.short', 1)
      return
    }
    const subAgent = exporter.sflow.subAgent(exporter, view.getUint32(at))
    subAgent.sequence.take(view.getUint32(at + 4), 1, exporter.sequence)
    const uptimeMs = view.getUint32(at + 8)
    let left = Math.min(view.getUint32(at + 12), MOST_SAMPLES)
    at += 16
    let rows = 0
    let open = 0
    try {
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
        at = (at + 8) | 0
        if (isFlowSample(format)) {
          if (writeSample(format, view, at, next, exporter, subAgent, output.batch, open)) {
            rows++
            open++
            output.batch.rows++
            if (open === MOST_ROWS || output.batch.full) {
              finishRows(open, exporter, subAgent.id, receivedMs, output.batch)
              open = 0
              if (output.batch.full) output.next()
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
    } finally {
      finishRows(open, exporter, subAgent.id, receivedMs, output.batch)
    }
    exporter.records += rows
    exporter.flows += rows
    const { counters } = exporter.shared
    counters.addAt(RECORDS, rows)
    counters.addAt(FLOWS, rows)
  },
}

const RECORDS = slotOf('records')
const FLOWS = slotOf('flows')
/** More than a datagram can hold. */
const MOST_SAMPLES = 0xffff
