/**
 * Follows a sequence number (32 bits, wraps) and tells what is missing from what came late or twice and from a restart of
 * the exporter. One for each stream that counts by itself: a domain, an engine, a sub-agent.
 */

export interface SequenceCounts {
  /** By number, never came: lost before Weir. */
  missing: number
  /** Times that the numbers began anew. */
  resets: number
  /** Messages that came after one that was sent later. */
  reordered: number
  /** Messages whose number had come before. */
  duplicates: number
}

/** The counts of an exporter, over all of its streams. */
export interface SequenceTotals extends SequenceCounts {
  /** What its protocol counts: flows (v5), packets (v9), records (IPFIX), datagrams (sFlow). */
  unit: string
}

/** Notes that one more stream counts in `unit`; where others count something else, the sum is of both. */
export function countsIn(totals: SequenceTotals, unit: string): void {
  totals.unit = totals.unit === '' || totals.unit === unit ? unit : 'records or messages'
}

/** Further back than this many messages is no late datagram. */
const LATE_MESSAGES = 64
/** So many messages behind in a row are no late datagrams either. */
const LATE_RUN = 4
/** A jump ahead by more than this is a restart at a random number, not loss. */
const LOSS_LIMIT = 2 ** 26
/** Gaps that are remembered: a message that fits into one is late, one that fits into none has come before. */
const GAPS = 16

interface Gap {
  readonly from: number
  readonly length: number
}

export class Sequence {
  readonly counts: SequenceCounts = { missing: 0, resets: 0, reordered: 0, duplicates: 0 }
  /** The number that should come next; -1 before the first and where the last message's count is not known. */
  next = -1
  private lateRun = 0
  /** Of the messages of the run that are behind, those that have been taken for duplicates. */
  private duplicatesOfRun = 0
  private largest = 1
  /** How far the message before moved the sequence on. */
  private last = 0
  /** The number counts the records of its own message too (softflowd 1.1's IPFIX), not only those before it. */
  private countsItself = false
  /** Of what is missing, what would not be if the number counted its own message. */
  private doubtful = 0
  /** Made with the first one: most streams have none. */
  private gaps: Gap[] | null = null

  /** Takes in a message that bears the number `told` and moves the sequence on by `count`; `restarted` where its exporter just has. */
  take(told: number, count: number, totals: SequenceTotals, restarted = false): void {
    const { next, last } = this
    const number = this.countsItself ? (told - count) >>> 0 : told
    this.next = (number + count) >>> 0
    this.last = count
    if (count > this.largest) this.largest = count
    if (restarted) this.reset(totals)
    if (next < 0 || restarted) return
    const ahead = (number - next) >>> 0
    if (ahead === 0) {
      this.lateRun = 0
      return
    }
    const behind = (next - number) >>> 0
    // A message cannot begin within the one before it: if it seems to, the number stands for the end of the message.
    if (behind < last && last - behind === count) this.countItself(told, totals)
    else if (ahead <= LOSS_LIMIT) {
      this.add('missing', ahead, totals)
      if (last + ahead === count) this.doubtful += ahead
      this.gaps ??= []
      if (this.gaps.push({ from: next, length: ahead }) > GAPS) this.gaps.shift()
      this.lateRun = 0
    } else if (behind <= LATE_MESSAGES * this.largest && ++this.lateRun < LATE_RUN) {
      this.late(number, count, totals)
      this.next = next
      this.last = last
    } else {
      // They were the first messages of a new sequence.
      if (this.lateRun > 0) this.add('duplicates', -this.duplicatesOfRun, totals)
      this.reset(totals)
    }
  }

  /** The last message's count is not known: the next one starts anew. */
  forget(): void {
    this.next = -1
  }

  /** The exporter has begun anew: whatever number comes next is the first one. */
  restart(totals: SequenceTotals): void {
    this.reset(totals)
    this.next = -1
  }

  private countItself(next: number, totals: SequenceTotals): void {
    this.countsItself = true
    this.next = next
    this.add('missing', -Math.min(this.doubtful, this.counts.missing), totals)
    this.doubtful = 0
    this.lateRun = 0
    this.gaps = null
  }

  private late(number: number, count: number, totals: SequenceTotals): void {
    if (this.lateRun === 1) this.duplicatesOfRun = 0
    const i = this.gaps?.findIndex(({ from, length }) => (number - from) >>> 0 < length) ?? -1
    const gap = this.gaps?.[i]
    if (!gap) {
      this.duplicatesOfRun++
      this.add('duplicates', 1, totals)
      return
    }
    const before = (number - gap.from) >>> 0
    const filled = Math.min(count, gap.length - before)
    const rest = gap.length - before - filled
    this.gaps?.splice(
      i,
      1,
      ...(before > 0 ? [{ from: gap.from, length: before }] : []),
      ...(rest > 0 ? [{ from: (number + filled) >>> 0, length: rest }] : []),
    )
    this.add('missing', -filled, totals)
    this.add('reordered', 1, totals)
  }

  private reset(totals: SequenceTotals): void {
    this.add('resets', 1, totals)
    this.lateRun = 0
    this.doubtful = 0
    this.gaps = null
  }

  private add(what: keyof SequenceCounts, n: number, totals: SequenceTotals): void {
    this.counts[what] += n
    totals[what] += n
  }
}
