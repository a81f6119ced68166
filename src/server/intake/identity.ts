/** What a flow of a log is known by: 64 bits of a hash over what names the record, in two words. */
import { createHash } from 'node:crypto'

/** The same parts give the same identity; `['ab', 'c']` gives another one than `['a', 'bc']`. */
export function identityOf(...parts: readonly string[]): readonly [high: number, low: number] {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest()
  return [digest.readUInt32LE(0), digest.readUInt32LE(4)]
}
