/**
 * A limit on an exporter's flows that keeps sums right: above it, one flow in n is kept and counted n times, as a sampler
 * would. Which one of each n is left to chance, so what is expected of a sum is exactly the sum without a limit.
 */
import { columnIndex, isValid, maskIndex, setValid, type Batch, type Words } from '../batch.ts'
import { keepRows } from './compact.ts'

const SECOND_MS = 1000
/** More than one in so many says nothing any more. */
const LEAST_SHARE = 65_536

const MEASURES = ['bytes', 'packets', 'bytes.l2'] as const

export class RateLimit {
  /** One in so many is kept now. */
  oneIn = 1
  private readonly limit: number
  private readonly random: () => number
  private secondMs = -Infinity
  /** Flows of this second. */
  private seen = 0
  /** Kept at the current share, and how many may be until it is halved: half as many each time, so hardly more than twice the limit. */
  private kept = 0
  private allowance = 0
  /** Place of the next flow within its group of `oneIn`, and of the one that is kept. */
  private place = 0
  private chosen = 0

  /** `limit`: flows a second. `random` gives numbers from 0 up to 1. */
  constructor(limit: number, random: () => number = Math.random) {
    this.limit = limit
    this.random = random
  }

  /** Takes what is too much of the rows from `from` on, and gives how many those were. */
  apply(batch: Batch, from: number, nowMs: number): number {
    this.second(nowMs)
    const weights: number[] = []
    const gone = keepRows(batch, from, () => {
      const weight = this.weigh()
      if (weight > 0) weights.push(weight)
      return weight > 0
    })
    weights.forEach((weight, i) => {
      if (weight > 1) multiply(batch, from + i, weight)
    })
    return gone
  }

  /** How often the next flow counts; 0 where it goes. The share is fixed before the flow is looked at. */
  private weigh(): number {
    this.seen++
    if (this.place === 0) {
      if (this.kept >= this.allowance) this.share(this.oneIn * 2, this.allowance / 2)
      this.chosen = Math.floor(this.random() * this.oneIn)
    }
    const weight = this.place === this.chosen ? this.oneIn : 0
    if (++this.place >= this.oneIn) this.place = 0
    if (weight > 0) this.kept++
    return weight
  }

  /** At the beginning of a second, the share that would have fitted the last one. */
  private second(nowMs: number): void {
    const past = nowMs - this.secondMs
    if (past >= 0 && past < SECOND_MS) return
    this.share(past < 2 * SECOND_MS && past >= 0 ? Math.ceil(this.seen / this.limit) : 1, this.limit)
    this.secondMs = past >= 0 && past < 2 * SECOND_MS ? this.secondMs + SECOND_MS : nowMs
    this.seen = 0
  }

  /**
   * Begins a new group. The last one may be ended before its end, for each of its flows was as likely to be the one as any;
   * but never because of which one it was.
   */
  private share(oneIn: number, allowance: number): void {
    this.oneIn = Math.min(Math.max(1, oneIn), LEAST_SHARE)
    this.allowance = allowance
    this.kept = 0
    this.place = 0
  }
}

function multiply(batch: Batch, row: number, by: number): void {
  for (const name of MEASURES) {
    if (!isValid(batch.masks[maskIndex(name)] as Uint8Array, row)) continue
    const words = batch.columns[columnIndex(name)] as Words
    const low = (words[2 * row] as number) * by
    const high = (words[2 * row + 1] as number) * by + Math.floor(low / 2 ** 32)
    const isTooMuch = high >= 2 ** 32
    words[2 * row] = isTooMuch ? 0xffff_ffff : low >>> 0
    words[2 * row + 1] = isTooMuch ? 0xffff_ffff : high
  }
  const mask = batch.masks[maskIndex('sampling.rate')] as Uint8Array
  const rates = batch.columns[columnIndex('sampling.rate')] as Words
  const rate = isValid(mask, row) ? (rates[row] as number) : 1
  rates[row] = Math.min(rate * by, 0xffff_ffff)
  setValid(mask, row)
}
