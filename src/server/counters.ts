/**
 * Counters that the other threads count up and the main thread reads, in memory that the threads share:
 * reading them costs the intake nothing. Adding is not atomic: threads that count the same have counters of their own. Doubles:
 * exact to 2^53.
 */
import { FILTERED_NAMES, type FilteredName } from '../shared/filtered.ts'
import { LOSS_NAMES, type LossName } from '../shared/losses.ts'

/** Counters and gauges besides the losses. Queue and waiting figures are gauges, the rest only grow. */
const FIGURES = [
  'datagrams',
  'bytes',
  'records',
  'flows',
  'options',
  'counterSamples',
  'templates',
  'exporters',
  'waitingSets',
  'queuedBatches',
  'enriched',
  'serviceKnown',
  'initiatorKnown',
  'ownerKnown',
  'stored',
  'commits',
  'lastCommitMs',
  'longestCommitMs',
] as const
type FigureName = (typeof FIGURES)[number]
export type CounterName = FigureName | LossName | FilteredName

const NAMES: readonly CounterName[] = [...FIGURES, ...LOSS_NAMES, ...FILTERED_NAMES]
const SLOTS = new Map<CounterName, number>(NAMES.map((name, i) => [name, i]))

/** Where a counter stands. */
export function slotOf(name: CounterName): number {
  return SLOTS.get(name) as number
}

export class Counters {
  readonly shared: SharedArrayBuffer
  private readonly values: Float64Array
  private readonly others: readonly Float64Array[]

  /** `others`: of other threads; what is read is the sum with theirs. */
  constructor(
    shared: SharedArrayBuffer = new SharedArrayBuffer(NAMES.length * 8),
    others: readonly SharedArrayBuffer[] = [],
  ) {
    this.shared = shared
    this.others = others.map((each) => new Float64Array(each))
    this.values = new Float64Array(shared)
  }

  add(name: CounterName, n: number): void {
    this.addAt(slotOf(name), n)
  }

  /** The same by `slotOf`, for what is counted with every datagram: it saves the look-up. */
  addAt(slot: number, n: number): void {
    this.values[slot] = (this.values[slot] as number) + n
  }

  set(name: CounterName, value: number): void {
    this.values[SLOTS.get(name) as number] = value
  }

  get(name: CounterName): number {
    const slot = SLOTS.get(name) as number
    let sum = this.values[slot] as number
    for (const other of this.others) sum += other[slot] as number
    return sum
  }

  /** Every loss that is not zero. */
  losses(): Partial<Record<LossName, number>> {
    return this.notZero(LOSS_NAMES)
  }

  /** Whatever was kept out, as the configuration wants it. */
  filtered(): Partial<Record<FilteredName, number>> {
    return this.notZero(FILTERED_NAMES)
  }

  private notZero<Name extends CounterName>(names: readonly Name[]): Partial<Record<Name, number>> {
    const out: Partial<Record<Name, number>> = {}
    for (const name of names) {
      const n = this.get(name)
      if (n > 0) out[name] = n
    }
    return out
  }
}
