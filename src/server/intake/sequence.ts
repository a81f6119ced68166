/**
 * Follows a sequence number (32 bits, wraps) and tells what is missing from what came late and from a restart of the
 * exporter. One for each stream that counts by itself: a domain, an engine.
 */

/** Missing and restarts of an exporter, over all of its streams. */
export interface SequenceTotals {
  /** What its protocol counts: flows (v5), packets (v9), records (IPFIX), datagrams (sFlow). */
  unit: string
  missing: number
  resets: number
}

/** Further back than this many messages is no late datagram. */
const LATE_MESSAGES = 64
/** So many messages behind in a row are no late datagrams either. */
const LATE_RUN = 4
/** A jump ahead by more than this is a restart at a random number, not loss. */
const LOSS_LIMIT = 2 ** 26

export class Sequence {
  /** The number that should come next; -1 before the first and where the last message's count is not known. */
  private expected = -1
  private lateRun = 0

  /** Takes in a message that bears `number` and moves the sequence on by `count`; `restarted` where its exporter just has. */
  take(number: number, count: number, totals: SequenceTotals, restarted = false): void {
    const expected = this.expected
    this.expected = (number + count) >>> 0
    if (restarted) totals.resets++
    if (expected < 0 || restarted) return
    const ahead = (number - expected) >>> 0
    if (ahead === 0) {
      this.lateRun = 0
      return
    }
    const behind = (expected - number) >>> 0
    if (ahead <= LOSS_LIMIT) {
      totals.missing += ahead
      this.lateRun = 0
    } else if (behind <= LATE_MESSAGES * Math.max(count, 1) && ++this.lateRun < LATE_RUN) {
      totals.missing = Math.max(0, totals.missing - count)
      this.expected = expected
    } else {
      totals.resets++
      this.lateRun = 0
    }
  }

  /** The last message's count is not known: the next one starts anew. */
  forget(): void {
    this.expected = -1
  }
}
