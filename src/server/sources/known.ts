/** Flows that a source has taken before: of what it reads again from its beginning. */
import type { KnownIds, RecordIds } from '../intake/record-ids.ts'

/** The first `flows` of what has that identity, and those that were stored before a restart. */
export function knownOf(
  [high, low]: readonly [high: number, low: number],
  flows: number,
  before: RecordIds | null,
): KnownIds {
  return {
    has: (h, l) => {
      const offset = ((h - high) >>> 0) * 0x1_0000_0000 + (l - low)
      return (offset >= 0 && offset < flows) || (before?.has(h, l) ?? false)
    },
  }
}
