/** The counter samples of sFlow version 5: what a device counts of its interfaces, and of itself. */
import { COUNTER_STRUCTURES, octetsOf, type CounterEntry, type CounterName } from '../../../shared/schema/counters.ts'
import { columnOfCounter, type CounterBatch } from '../counter-batch.ts'
import type { CounterOutput } from '../counter-output.ts'
import type { Exporter } from '../exporter.ts'
import { u32 } from '../octets.ts'
import { blockEnd, textEnd } from './sflow-blocks.ts'

/** Whether samples of that format are counter samples. */
export function isCounterSample(format: number): boolean {
  return format === COUNTER_SAMPLE || format === EXPANDED_COUNTER_SAMPLE
}

/*
 * counter sample: sequence number (u32), source (type 8 bits, index 24), number of records (u32), records.
 * expanded counter sample: the same with a u32 each for source type and source index.
 * record: format (u32), length of the content in octets (u32), content. Unknown ones are passed over.
 */
/** Reads a sample's content into a row of its own; false where it ends before its own lengths say. */
export function readCounterSample(
  bytes: Uint8Array,
  start: number,
  end: number,
  format: number,
  uptimeMs: number,
  exporter: Exporter,
  receivedMs: number,
  output: CounterOutput,
): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const expanded = format === EXPANDED_COUNTER_SAMPLE
  let at = start + (expanded ? 16 : 12)
  if (at > end) return false
  const type = expanded ? u32(bytes, start + 4) : (bytes[start + 4] as number)
  const index = expanded ? u32(bytes, start + 8) : u32(bytes, start + 4) & 0xffffff
  exporter.counters.samples++
  exporter.shared.counters.add('counterSamples', 1)
  const batch = output.begin(exporter, type, index, uptimeMs, receivedMs)
  let whole = true
  let known = false
  for (let left = u32(bytes, at - 4); left > 0; left--) {
    const next = blockEnd(view, at, end)
    if (next < 0) {
      whole = false
      break
    }
    const structure = u32(bytes, at)
    if (structure === PORT_NAME) {
      const name = textAt(bytes, at + 8, next)
      if (name === null) whole = false
      else if (type === INTERFACE && !exporter.knowledge.tell(exporter, 'interface', index, name, ''))
        exporter.lose('decode.optionsFull', 1)
    } else if (structure === HOST_DESCRIPTION) readHost(bytes, view, at + 8, next, exporter)
    else {
      const values = READERS.get(structure)
      if (batch && values) readStructure(values, bytes, at + 8, next, batch, exporter)
      known ||= values !== undefined
    }
    at = next
  }
  if (batch && known) output.end()
  return whole
}

/** Of a structure that is shorter than expected, the values that are there: some agents leave the last ones out. */
function readStructure(
  values: readonly Value[],
  bytes: Uint8Array,
  start: number,
  end: number,
  batch: CounterBatch,
  exporter: Exporter,
): void {
  for (const { wire, offset, octets, column, latest } of values) {
    const at = start + offset
    if (at + octets > end) return
    const high = u32(bytes, at)
    let value = high
    if (wire === 'u64') {
      const low = u32(bytes, at + 4)
      if (high === ALL_ONES && low === ALL_ONES) continue
      batch.put(column, high, low)
      value = high * 2 ** 32 + low
    } else if (wire === 'u32') {
      if (high === ALL_ONES) continue
      batch.put(column, 0, high)
    } else {
      word.setUint32(0, high)
      value = wire === 'f32' ? word.getFloat32(0) : word.getInt32(0) / 100
      if (!(value >= 0) || value === Infinity) continue
      batch.putDouble(column, value)
    }
    if (latest !== null) exporter.counters.latest.set(latest, value)
  }
}

/*
 * host description: name (string), UUID (16 octets), machine (u32), operating system (u32), its release (string).
 */
function readHost(bytes: Uint8Array, view: DataView, start: number, end: number, exporter: Exporter): void {
  const name = textAt(bytes, start, end)
  if (name === null) return
  const release = textAt(bytes, textEnd(view, start, end) + 24, end)
  exporter.counters.host = { name, release: release ?? '' }
}

/*
 * string: length in octets (u32), content, filled up to a multiple of four octets.
 */
/** Up to 64 octets of a string as text, without control characters; null where it is not all there. */
function textAt(bytes: Uint8Array, at: number, end: number): string | null {
  if (at + 4 > end) return null
  const length = u32(bytes, at)
  if (length > end - at - 4) return null
  return (
    decoder
      .decode(bytes.subarray(at + 4, at + 4 + Math.min(length, MOST_TEXT)))
      // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
      .replaceAll(/[\u0000-\u001f\u007f]/g, '')
      .trim()
  )
}

const word = new DataView(new ArrayBuffer(4))
const decoder = new TextDecoder()
const MOST_TEXT = 64
const COUNTER_SAMPLE = 2
const EXPANDED_COUNTER_SAMPLE = 4
const ALL_ONES = 0xffffffff
/** Source type: an interface, by its ifIndex. */
const INTERFACE = 0
const PORT_NAME = 1005
const HOST_DESCRIPTION = 2000
/** Structures whose gauges are shown as they are now: of the device itself, one of each. */
const OF_DEVICE = new Set([1001, 2003, 2004, 2005])

interface Value {
  readonly wire: CounterEntry['wire']
  readonly offset: number
  readonly octets: number
  readonly column: number
  /** Name under which its last value is kept; null where only the store keeps it. */
  readonly latest: CounterName | null
}

const READERS: ReadonlyMap<number, readonly Value[]> = new Map(
  COUNTER_STRUCTURES.map(({ format, content }) => {
    let offset = 0
    const values = content.flatMap((entry): Value[] => {
      const octets = octetsOf(entry)
      offset += octets
      if (typeof entry === 'number') return []
      return [
        {
          wire: entry.wire,
          offset: offset - octets,
          octets,
          column: columnOfCounter(entry.name),
          latest: OF_DEVICE.has(format) && entry.kind === 'gauge' ? entry.name : null,
        },
      ]
    })
    return [format, values]
  }),
)
