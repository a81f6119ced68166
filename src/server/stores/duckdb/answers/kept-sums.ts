/** Sums of a question as `plan` finds them: of one moment, however much is taken in meanwhile. */
import type { Answer, Resolution } from '../../../../shared/query/question.ts'
import type { Blocks } from '../files/blocks.ts'
import type { Reader } from '../files/database.ts'
import { filesOf, type Held } from './days.ts'
import type { Partition } from '../files/partition.ts'
import { plan, type Day, type KnownSums, type Plan, type PlanLimits } from './plan.ts'
import type { PartitionSource } from '../files/partitions.ts'
import { NOTHING_LEFT, type Left, type Sums } from './query.ts'
import type { RollupFile } from '../rollups/rollup-file.ts'
import { flowsParts, type Bounds, type Part } from '../sql/source.ts'
import { noSums, shapeKey, sums, type Shape } from '../sql/sums.ts'

/** What the answer's meta says of where its numbers came from. */
export type Origin = Pick<Answer['meta'], 'resolution'> & {
  /** False where sums could not be parted at the ends of the range, or flows would have been needed that are gone. */
  readonly isWhole: boolean
  /** See `Plan`. */
  readonly goneUntilMs: number | null
}

/** Attaches what it reads: of 30 days, a third of the files. `statement` adds up parts. */
export function keptSums(
  { days: files, sources, attach }: Held,
  bounds: Bounds,
  reader: Reader,
  limits: PlanLimits,
  statement: (shape: Shape, parts: readonly Part[]) => Promise<string> = (shape, parts) =>
    Promise.resolve(sums(shape, parts)),
): Sums & { origin(): Origin } {
  // All of one moment: rows that come later, of flows or of sums, have higher numbers than these.
  const days = files.map(({ name, flows, sums: of }): Day => {
    const now = of.map(known)
    return { name, flows: flows && upTo(flows, now), sums: now }
  })
  const byDatabase = new Map(filesOf(files).map((file) => [file.databaseName, file]))
  const blocksOf = async (partition: Partition): Promise<Blocks> => {
    if (partition.blocks.unknownRows > 0) await attach([partition])
    return partition.readBlocks(reader)
  }
  const make = async (shape: Shape): Promise<Plan> => {
    const found = await plan(days, shape, bounds, blocksOf, limits)
    made.push(found)
    await attach(found.databases.flatMap((name) => byDatabase.get(name) ?? []))
    return found
  }
  const plans = new Map<string, Promise<Plan>>()
  const made: Plan[] = []
  let lacksFlows = false
  const planOf = (shape: Shape): Promise<Plan> => {
    const key = shapeKey(shape)
    const found = plans.get(key) ?? make(shape)
    plans.set(key, found)
    return found
  }
  return {
    of: async (shape) => {
      const { parts } = await planOf(shape)
      return parts.length > 0 ? statement(shape, parts) : noSums(shape)
    },
    parts: async (shape) => (await planOf(shape)).parts,
    flows: async () => {
      if (days.some(({ flows }) => flows === null)) lacksFlows = true
      await attach(sources.map(({ partition }) => partition))
      return flowsParts(
        days.flatMap(({ flows }) => flows ?? []),
        bounds,
      )
    },
    left: async (shape) => readLeft(shape, await planOf(shape), reader),
    origin: () => ({
      resolution: joined(made.map(({ resolution }) => resolution)),
      isWhole: !lacksFlows && made.every(({ isWhole }) => isWhole),
      goneUntilMs: made.reduce<number | null>(
        (most, { goneUntilMs: each }) => (each === null ? most : Math.max(most ?? each, each)),
        null,
      ),
    }),
  }
}

/** With the rows that were taken into the sums since the source was looked up. */
function upTo(flows: PartitionSource, kept: readonly KnownSums[]): PartitionSource {
  const to = Math.max(flows.rows.to, ...kept.map(({ state }) => state.rolled))
  return to === flows.rows.to ? flows : { ...flows, extent: flows.partition.extent, rows: { ...flows.rows, to } }
}

function known(file: RollupFile): KnownSums {
  return { folder: file.folder, database: file.databaseName, state: file.state }
}

async function readLeft({ intervalMs }: Shape, { left }: Plan, reader: Reader): Promise<Left> {
  if (left.length === 0) return NOTHING_LEFT
  const all = left.map(({ table, levelMs, bounds, rows }) => {
    const t = intervalMs === null ? 'NULL::BIGINT' : `(t // ${intervalMs / levelMs})::BIGINT`
    return `SELECT ${t} AS t, bytes, packets, flows, rate, most_bytes, most_packets, most_flows FROM ${table} WHERE t >= ${bounds.fromMs / levelMs} AND t < ${bounds.toMs / levelMs} AND rowid < ${rows}`
  })
  const sum = ['bytes', 'packets', 'flows', 'most_bytes', 'most_packets', 'most_flows'].map((name) => `sum(${name})`)
  const rows = await reader.rows(`SELECT t, max(rate), ${sum.join(', ')} FROM (${all.join(' UNION ALL ')}) GROUP BY t`)
  const big = (value: unknown) => BigInt((value ?? 0) as bigint | number)
  const most = { bytes: 0n, packets: 0n, flows: 0n }
  const buckets = rows.map(([t, rate, bytes, packets, flows, mostBytes, mostPackets, mostFlows]) => {
    most.bytes += big(mostBytes)
    most.packets += big(mostPackets)
    most.flows += big(mostFlows)
    return {
      t: t === null || t === undefined ? null : Number(t),
      counts: {
        bytes: bytes === null ? null : big(bytes),
        packets: packets === null ? null : big(packets),
        bytes_l2: null,
        flows: big(flows),
        rate: Number(rate ?? 0),
      },
    }
  })
  return { buckets, most }
}

function joined(all: readonly Resolution[]): Resolution {
  const used = new Set(all)
  const [only] = used
  return used.size > 1 ? 'mixed' : (only ?? 'raw')
}
