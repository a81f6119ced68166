/** Sums of a question as `plan` finds them: of one moment, however much is taken in meanwhile. */
import type { Answer, Question, Resolution } from '../../../shared/query/question.ts'
import type { Reader } from './database.ts'
import type { DayFiles } from './days.ts'
import { answers, plan, type Day, type KnownSums, type Plan, type PlanLimits } from './plan.ts'
import type { PartitionSource } from './partitions.ts'
import { NOTHING_LEFT, type Left, type Sums } from './query.ts'
import { parseState, type RollupFile } from './rollups/rollup-file.ts'
import { isFlowGroup } from './sql/groups.ts'
import { flowsParts, type Bounds } from './sql/source.ts'
import { noSums, shapeKey, shapeOf, sums, type Shape } from './sql/sums.ts'

/** What the answer's meta says of where its numbers came from. */
export type Origin = Pick<Answer['meta'], 'resolution'> & {
  /** False where sums could not be parted at the ends of the range, or flows would have been needed that are gone. */
  readonly isWhole: boolean
  /** See `Plan`. */
  readonly goneUntilMs: number | null
}

/** Whether any of the sums kept could have a part in the answer. */
export function mayHelp(days: readonly DayFiles[], question: Question, limits: PlanLimits): boolean {
  const shape = shapeOf(question, question.groupBy.filter(isFlowGroup), null)
  return days.some(
    ({ flows, sums: files }) =>
      files.some(({ state }) => state.rolled > 0) &&
      (flows === null || (flows.rows.to > limits.flowsOfDay && files.some((file) => answers(known(file), shape)))),
  )
}

/** To be used within one transaction of the reader, whose first statement this runs. */
export async function keptSums(
  files: readonly DayFiles[],
  bounds: Bounds,
  reader: Reader,
  limits: PlanLimits,
): Promise<Sums & { origin(): Origin }> {
  const states = await readStates(
    files.flatMap((day) => day.sums),
    reader,
  )
  const days = files.map(({ name, flows, sums: of }): Day => {
    const now = of.map((file) => ({ ...known(file), state: states.get(file) ?? file.state }))
    return { name, flows: flows && upTo(flows, now), sums: now }
  })
  const plans = new Map<string, Promise<Plan>>()
  const made: Plan[] = []
  let lacksFlows = false
  const planOf = (shape: Shape): Promise<Plan> => {
    const key = shapeKey(shape)
    const found = plans.get(key) ?? plan(days, shape, bounds, reader, limits)
    if (!plans.has(key)) {
      plans.set(key, found)
      void found.then((each) => made.push(each))
    }
    return found
  }
  return {
    of: async (shape) => {
      const { parts } = await planOf(shape)
      return parts.length > 0 ? sums(shape, parts) : noSums(shape)
    },
    parts: async (shape) => (await planOf(shape)).parts,
    flows: () => {
      if (days.some(({ flows }) => flows === null)) lacksFlows = true
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

/** What the files say of themselves at this moment. */
export async function readStates(
  files: readonly RollupFile[],
  reader: Reader,
): Promise<ReadonlyMap<RollupFile, KnownSums['state']>> {
  if (files.length === 0) return new Map()
  const rows = await reader.rows(files.map((file, i) => `SELECT ${i}, (${file.stateSql})`).join(' UNION ALL '))
  return new Map(rows.map(([i, text]) => [files[Number(i)] as RollupFile, parseState(String(text))]))
}

async function readLeft({ intervalMs }: Shape, { left }: Plan, reader: Reader): Promise<Left> {
  if (left.length === 0) return NOTHING_LEFT
  const all = left.map(({ table, levelMs, bounds }) => {
    const t = intervalMs === null ? 'NULL::BIGINT' : `(t // ${intervalMs / levelMs})::BIGINT`
    return `SELECT ${t} AS t, bytes, packets, flows, rate, most_bytes, most_packets, most_flows FROM ${table} WHERE t >= ${bounds.fromMs / levelMs} AND t < ${bounds.toMs / levelMs}`
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
