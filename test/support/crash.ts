/** What a folder must hold that a process was killed in: flows of a day have the numbers 0, 1, 2 … as their bytes. */
import type { FieldName } from '../../src/shared/schema/fields.ts'
import { PLAN_LIMITS, type PlanLimits } from '../../src/server/stores/duckdb/answers/plan.ts'
import { KEEP_ALL } from '../../src/server/stores/duckdb/care/retention.ts'
import { CUBES } from '../../src/server/stores/duckdb/rollups/cubes.ts'
import { DuckStore, type StoreOptions } from '../../src/server/stores/duckdb/store.ts'
import type { PlainFlow } from './batches.ts'
import { question } from './store.ts'

export const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** Days since 1970. */
export const FIRST_DAY = Date.UTC(2026, 10, 1) / DAY_MS
/** Days that are kept. */
export const KEPT_DAYS = { raw: 3, minute: 6 }

/** Many more groups than there are in all flows. */
const ALL_GROUPS = 1_000_000

/** Slices and files so small that there are many of both. `limits` may be changed between questions. */
export function openCrashStore(
  dataDir: string,
  limits: { flowsOfDay: number },
  now: () => number,
  log?: StoreOptions['log'],
): Promise<DuckStore> {
  const planLimits: PlanLimits = {
    ...PLAN_LIMITS,
    flowsInAll: Number.POSITIVE_INFINITY,
    get flowsOfDay() {
      return limits.flowsOfDay
    },
  }
  return DuckStore.open({
    dataDir,
    threads: 1,
    memoryLimitBytes: 256 * 2 ** 20,
    now,
    ...(log ? { log } : {}),
    planLimits,
    rollupSizes: { slice: 300, mostSlice: 2000, mergeFrom: 600 },
    retention: { ...KEEP_ALL, raw: KEPT_DAYS.raw * DAY_MS, minute: KEPT_DAYS.minute * DAY_MS },
  })
}

/** Flow `n` of a day, with all that sums are kept by. Its life may begin the day before. */
export function flowOf(day: number, n: number, draw: (below: number) => number): PlainFlow {
  const end = day * DAY_MS + draw(DAY_MS)
  return {
    start: end - (draw(5) === 0 ? draw(3 * 60 * MINUTE_MS) : draw(2000)),
    end,
    received: end + draw(1000),
    bytes: n,
    packets: 1 + draw(100),
    exporter: `192.0.2.${draw(3)}`,
    direction: draw(2),
    'src.ip': `10.0.${draw(4)}.${draw(8)}`,
    'dst.ip': `2001:db8::${draw(9)}`,
    'src.port': 1024 + draw(50),
    'dst.port': draw(3) === 0 ? 53 : 443,
    proto: draw(2) === 0 ? 6 : 17,
    initiator: draw(2),
    service: 6 * 65_536 + draw(4),
    'tcp.flags': draw(8),
    tos: draw(4),
    'src.as': draw(5),
    'dst.as': draw(5),
    'in.if': draw(4),
    'out.if': draw(4),
    vlan: draw(3),
    app: `app ${draw(5)}`,
    action: draw(2),
    'next.hop': `198.51.100.${draw(3)}`,
  }
}

export interface DayCount {
  readonly day: number
  readonly flows: number
}

/** How many flows each day has. Throws where they are not its first ones, each once. */
export async function countsByDay(store: DuckStore): Promise<DayCount[]> {
  const counts: DayCount[] = []
  const { oldest, newest } = store.status()
  if (oldest === null || newest === null) return counts
  // Flows are counted where they end.
  const days = { fromMs: FIRST_DAY * DAY_MS, toMs: newest + DAY_MS, intervalMs: DAY_MS }
  for (const [at, flows] of (await store.query(question({ ...days, measures: ['flows'] }))).rows)
    if (Number(flows) > 0) counts.push({ day: Number(at) / DAY_MS, flows: Number(flows) })
  const all = await store.query(question())
  const expected = counts.reduce((sum, { flows }) => sum + (flows * (flows - 1)) / 2, 0)
  const [bytes, , flows] = all.rows[0] ?? []
  if (Number(bytes ?? 0) !== expected || Number(flows ?? 0) !== counts.reduce((sum, each) => sum + each.flows, 0))
    throw new Error(
      `${bytes} bytes of ${flows} flows, which are not the first ones of each day: ${JSON.stringify(counts)} make ${expected}`,
    )
  return counts
}

/** Questions that sums and flows answer differently; `some` of them are asked, or all. */
export async function wrongSums(
  store: DuckStore,
  limits: { flowsOfDay: number },
  some: () => boolean = () => true,
): Promise<string[]> {
  const { newest } = store.status()
  if (newest === null) return []
  const day = Math.floor(newest / DAY_MS)
  const ranges = [
    { fromMs: FIRST_DAY * DAY_MS, toMs: (day + 1) * DAY_MS, intervalMs: DAY_MS },
    { fromMs: (day - 1) * DAY_MS, toMs: (day + 1) * DAY_MS, intervalMs: 60 * MINUTE_MS },
    { fromMs: day * DAY_MS - 30 * MINUTE_MS, toMs: day * DAY_MS + 123 * MINUTE_MS, intervalMs: MINUTE_MS },
  ]
  const shapes: readonly (readonly FieldName[])[] = [[], ...CUBES.map(({ fields }) => fields)]
  const wrong: string[] = []
  for (const [i, groupBy] of shapes.entries()) {
    if (!some()) continue
    const range = ranges[i % ranges.length] as (typeof ranges)[number]
    const answers: string[] = []
    const used: string[] = []
    for (const flowsOfDay of [0, Number.POSITIVE_INFINITY]) {
      limits.flowsOfDay = flowsOfDay
      // Another limit each time: an answer that was given is given again.
      const limit = ALL_GROUPS + answers.length
      const { rows, meta } = await store.query(question({ ...range, groupBy, limit, other: false }))
      answers.push(JSON.stringify([rows.map((row) => row.join()).toSorted(), meta.totals]))
      used.push(meta.resolution)
    }
    if (answers[0] !== answers[1])
      wrong.push(
        `${groupBy.join()} by ${range.intervalMs} ms, of ${used.join(' and ')}: ${answers.map((text) => text.slice(0, 300)).join(' | ')}`,
      )
  }
  return wrong
}
