/** Batches from plain objects, for tests of what reads batches. */
import { Batch, BATCH_ROWS, columnIndex, maskIndex, setValid } from '../../src/server/intake/batch.ts'
import { field, type StoredFieldName } from '../../src/shared/schema/fields.ts'
import { parseIp, parseMac } from '../../src/shared/schema/ip.ts'

/** A flow by field name: numbers as they are stored; addresses, MACs and words also as text. What is left out is null. */
export type PlainFlow = { readonly [Name in StoredFieldName]?: number | bigint | string | null }

/** As many batches as the flows need. */
export function batchesOf(flows: readonly PlainFlow[]): Batch[] {
  const batches: Batch[] = []
  for (let from = 0; from < flows.length; from += BATCH_ROWS) {
    const batch = new Batch()
    for (const flow of flows.slice(from, from + BATCH_ROWS)) writeFlow(batch, flow)
    batches.push(batch)
  }
  return batches
}

/** One batch; the flows must fit. */
export function batchOf(flows: readonly PlainFlow[]): Batch {
  if (flows.length > BATCH_ROWS) throw new Error(`${flows.length} flows do not fit into a batch of ${BATCH_ROWS}`)
  return batchesOf(flows)[0] ?? new Batch()
}

/** Adds one row. */
export function writeFlow(batch: Batch, flow: PlainFlow): void {
  const row = batch.rows++
  for (const [name, given] of Object.entries(flow) as [
    StoredFieldName,
    number | bigint | string | null | undefined,
  ][]) {
    if (given === null || given === undefined) continue
    const value = field(name).kind === 'keyword' ? internText(batch, String(given)) : storedValue(name, given)
    setValid(batch.masks[maskIndex(name)] as Uint8Array, row)
    const at = columnIndex(name)
    if (field(name).kind === 'ip') {
      write64(batch, at, row, value >> 64n)
      write64(batch, at + 1, row, value & 0xffff_ffff_ffff_ffffn)
    } else {
      write64(batch, at, row, value)
    }
  }
}

function internText(batch: Batch, text: string): bigint {
  const octets = Buffer.from(text)
  return BigInt(batch.texts.intern(octets, 0, octets.length))
}

/** A value as the number that is stored: addresses are 128 bits, words their index. */
export function storedValue(name: StoredFieldName, given: number | bigint | string): bigint {
  if (typeof given !== 'string') return BigInt(given)
  const { kind, codes } = field(name)
  const value =
    kind === 'ip'
      ? parseIp(given)
      : kind === 'mac'
        ? parseMac(given)
        : kind === 'code'
          ? BigInt(codes?.indexOf(given) ?? -1)
          : BigInt(given)
  if (value === null || value < 0n) throw new Error(`${name} has no value ${given}`)
  return value
}

/** Into a column of whatever width. */
function write64(batch: Batch, column: number, row: number, value: bigint): void {
  const words = batch.columns[column] as Uint32Array
  if (words.length > BATCH_ROWS) {
    words[2 * row] = Number(value & 0xffff_ffffn)
    words[2 * row + 1] = Number(value >> 32n)
  } else {
    words[row] = Number(value)
  }
}
