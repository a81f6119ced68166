/** The days that questions read: partitions with the sums kept of them, and sums whose flows are gone. */
import type { Attach, Attachments } from '../files/attachments.ts'
import type { Database, Reader } from '../files/database.ts'
import { isDamage } from '../files/day-file.ts'
import type { Partition } from '../files/partition.ts'
import type { Partitions, PartitionSource } from '../files/partitions.ts'
import type { RollupFile } from '../rollups/rollup-file.ts'
import type { Rollups } from '../rollups/rollups.ts'
import type { Bounds } from '../sql/source.ts'

/** A day with its files, not yet looked into. */
export interface DayFiles {
  readonly name: string
  readonly flows: PartitionSource | null
  readonly sums: readonly RollupFile[]
}

/** What there is of a range, none of it attached yet. */
export interface Held {
  readonly days: readonly DayFiles[]
  readonly sources: readonly PartitionSource[]
  readonly attach: Attach
}

/** Which of the sources are read. */
type Choose = (sources: readonly PartitionSource[]) => readonly PartitionSource[]

export const ALWAYS: Bounds = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY }

export interface DaysOptions {
  readonly database: Database
  readonly attachments: Attachments
  readonly partitions: Partitions
  readonly rollups: Rollups
}

export class Days {
  private readonly options: DaysOptions

  constructor(options: DaysOptions) {
    this.options = options
  }

  /** What the flows of a range say. A file that turns out damaged is left out from then on. */
  read<T>(
    bounds: Bounds,
    signal: AbortSignal,
    ask: (reader: Reader, sources: readonly PartitionSource[]) => Promise<T>,
    choose?: Choose,
  ): Promise<T> {
    const attached = async (reader: Reader, { sources, attach }: Held) => {
      await attach(sources.map(({ partition }) => partition))
      return ask(reader, sources)
    }
    return this.hold(bounds, signal, attached, choose)
  }

  /** The same where `ask` attaches what it needs. */
  async hold<T>(
    bounds: Bounds,
    signal: AbortSignal,
    ask: (reader: Reader, held: Held) => Promise<T>,
    choose: Choose = (sources) => sources,
  ): Promise<T> {
    const { attachments, database, partitions } = this.options
    const run = (days: readonly DayFiles[]) => {
      const sources = days.flatMap(({ flows }) => flows ?? [])
      return attachments.keep(filesOf(days), (attach) =>
        database.read(signal, (reader) => ask(reader, { days, sources, attach })),
      )
    }
    // Each time round a file less is read.
    for (;;) {
      const days = this.of(choose(partitions.sources(bounds)), bounds)
      try {
        return await run(days)
      } catch (error) {
        if (!isDamage(error) || !(await this.leaveOutDamaged(days, run))) throw error
      }
    }
  }

  /** All there are, each with what there is of it. */
  get all(): DayFiles[] {
    return this.of(this.options.partitions.sources(ALWAYS), ALWAYS)
  }

  /** Start of the oldest flow, or null where there is none; `withSums`, also of those of which there are only sums. */
  oldest(withSums: boolean): number | null {
    const { partitions, rollups } = this.options
    const oldest = Math.min(partitions.dataFrom ?? Infinity, withSums ? rollups.dataFrom : Infinity)
    return Number.isFinite(oldest) ? oldest : null
  }

  /** Another text as soon as the answer to a question over the range may be another one. */
  stateOf(bounds: Bounds): string {
    return `${this.flowsStateOf(bounds)} ${this.options.rollups.drops}`
  }

  /** The same for a question that flows alone can answer. */
  flowsStateOf(bounds: Bounds): string {
    return this.options.partitions.state(bounds)
  }

  private of(sources: readonly PartitionSource[], { fromMs, toMs }: Bounds): DayFiles[] {
    const { partitions, rollups } = this.options
    const there = sources.map((flows): DayFiles => {
      const { partition } = flows
      return { name: partition.name, flows, sums: Object.values(rollups.of(partition.name, partition)) }
    })
    const gone = [...rollups.names]
      .filter((name) => !partitions.holds(name))
      .map((name): DayFiles => ({ name, flows: null, sums: Object.values(rollups.of(name, null)) }))
      .filter(({ sums }) =>
        sums.some(({ state: { extent } }) => extent !== null && extent.fromMs < toMs && extent.toMs >= fromMs),
      )
    return [...there, ...gone]
  }

  /** Finds what is damaged among files that a question has failed on; whether it did. Nothing else is left out. */
  private async leaveOutDamaged(
    days: readonly DayFiles[],
    run: (days: readonly DayFiles[]) => Promise<unknown>,
  ): Promise<boolean> {
    const { attachments, database, partitions, rollups } = this.options
    let found = false
    for (const { name, flows, sums } of days) {
      const bad = flows ? await damageOf(() => run([{ name, flows, sums: [] }])) : null
      if (flows && bad !== null && flows.partition.damage === null) partitions.leaveOut(flows.partition, bad)
      found ||= bad !== null
      for (const file of sums) {
        const read = () => database.read(new AbortController().signal, (reader) => file.readWhole(reader))
        // Another question may have found it meanwhile.
        const damage = file.damage ?? (await damageOf(() => attachments.use([file], read)))
        if (damage !== null && file.damage === null) rollups.leaveOut(file, damage)
        found ||= damage !== null
      }
    }
    return found
  }
}

/** All files of days, to be attached. */
export function filesOf(days: readonly DayFiles[]): (Partition | RollupFile)[] {
  return days.flatMap(({ flows, sums }) => [...(flows ? [flows.partition] : []), ...sums])
}

/** What the database says where a file is damaged; null where none is. */
async function damageOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (isDamage(error)) return (error as Error).message
    throw error
  }
}
