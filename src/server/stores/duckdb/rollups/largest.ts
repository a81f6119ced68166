/**
 * Which groups of a bucket keep their names where only the largest do. Groups are told apart by magnitude, in quarters of
 * powers of two: those of about one size are named or not named together, so that none has to be sorted.
 */
import type { Level } from './cubes.ts'

/** Groups of a bucket that are about as large, by bytes and by flows. */
export interface Size {
  readonly t: number
  readonly byBytes: number
  readonly byFlows: number
  readonly groups: number
  /** Of all of them together. */
  readonly flows: number
}

/** From which magnitude of bytes, or of flows, on a group of a bucket is named. */
export interface Threshold {
  readonly t: number
  readonly fromBytes: number
  readonly fromFlows: number
}

const MOST_MAGNITUDE = 254

/** How many groups of a bucket with so many flows may be named. */
export function roomOf({ flowsPerName, fewestNames, mostNames }: Level, flows: number): number {
  return Math.max(fewestNames, Math.min(mostNames, Math.floor(flows / flowsPerName)))
}

/** All groups of a bucket are named where there is room for all; a quarter of the room is for the largest by flows. */
export function thresholds(sizes: readonly Size[], room: (t: number) => number): Threshold[] {
  const buckets = new Map<number, Size[]>()
  for (const size of sizes) {
    const bucket = buckets.get(size.t)
    if (bucket) bucket.push(size)
    else buckets.set(size.t, [size])
  }
  return [...buckets].map(([t, all]) => {
    const most = room(t)
    if (all.reduce((sum, { groups }) => sum + groups, 0) <= most) return { t, fromBytes: 0, fromFlows: 0 }
    return {
      t,
      fromBytes: leastOf(all, ({ byBytes }) => byBytes, most),
      fromFlows: leastOf(all, ({ byFlows }) => byFlows, Math.floor(most / 4)),
    }
  })
}

export function namesAll(of: readonly Threshold[]): boolean {
  return of.every(({ fromBytes, fromFlows }) => fromBytes === 0 || fromFlows === 0)
}

/** Flows of each bucket of a level that is so many times as long. */
export function flowsBy(sizes: readonly Size[], times: number): Map<number, number> {
  const flows = new Map<number, number>()
  for (const size of sizes) {
    const t = Math.floor(size.t / times)
    flows.set(t, (flows.get(t) ?? 0) + size.flows)
  }
  return flows
}

/** The least magnitude from which on no more than so many groups are as large. */
function leastOf(sizes: readonly Size[], magnitudeOf: (size: Size) => number, most: number): number {
  const groups = Array.from({ length: MOST_MAGNITUDE + 1 }, () => 0)
  for (const size of sizes) groups[magnitudeOf(size)] = (groups[magnitudeOf(size)] as number) + size.groups
  let least = MOST_MAGNITUDE + 1
  for (let above = 0; least > 0; least--) {
    above += groups[least - 1] as number
    if (above > most) break
  }
  return least
}

/** A table with how large the groups of a table of sums are: a row for those of a bucket that are about as large. */
export function sizesSql(sizes: string, of: string): string {
  return `CREATE OR REPLACE TEMP TABLE ${sizes} AS SELECT t, ${magnitude('bytes')} AS by_bytes, ${magnitude('flows')} AS by_flows, count(*) AS groups, ${LEFT} FROM ${of} GROUP BY 1, 2, 3`
}

/** Rows for `sizesOf`. */
export function readSizesSql(sizes: string): string {
  return `SELECT t, by_bytes, by_flows, groups, flows FROM ${sizes}`
}

export function sizesOf(rows: readonly (readonly unknown[])[]): Size[] {
  return rows.map((row) => {
    const [t, byBytes, byFlows, groups, flows] = row.map(Number) as [number, number, number, number, number]
    return { t, byBytes, byFlows, groups, flows }
  })
}

/** The rows of a table of sums whose groups are named. */
export function namedOf(table: string, chosen: readonly Threshold[]): string {
  if (namesAll(chosen)) return `SELECT * FROM ${table}`
  return `SELECT each.* FROM ${table} AS each JOIN ${list(chosen)} USING (t) WHERE ${magnitude('each.bytes')} >= from_bytes OR ${magnitude('each.flows')} >= from_flows`
}

/**
 * Counts of what is not named, for `addLeft`: a row for each bucket that is so many times as long, with the most that one
 * group can lack of it.
 */
export function unnamedOf(sizes: string, chosen: readonly Threshold[], times: number): string {
  const counts = 'sum(bytes) AS bytes, sum(packets) AS packets, sum(flows) AS flows, max(rate) AS rate'
  const mosts = (sum: string) => MOSTS.map((name) => `${sum}(${name}) AS ${name}`).join(', ')
  const each = `SELECT t, ${counts}, ${mosts('max')} FROM ${sizes} JOIN ${list(chosen)} USING (t) WHERE by_bytes < from_bytes AND by_flows < from_flows GROUP BY t`
  return times === 1 ? each : `SELECT t // ${times} AS t, ${counts}, ${mosts('sum')} FROM (${each}) GROUP BY 1`
}

/** Adds a row for each bucket: what a group can lack adds up, as counts do. */
export function addLeft(into: string, parts: readonly string[]): string {
  const counts = [
    'sum(bytes)',
    'sum(packets)',
    'sum(flows)::BIGINT',
    'max(rate)',
    ...MOSTS.map((name) => `sum(${name})`),
  ]
  return `INSERT INTO ${into} SELECT ${['t', ...counts].join(', ')} FROM (${parts.join(' UNION ALL ')}) GROUP BY t ORDER BY t`
}

const MOSTS = ['most_bytes', 'most_packets', 'most_flows'] as const

/** Aggregates of groups that are about as large. */
const LEFT =
  'sum(bytes) AS bytes, sum(packets) AS packets, sum(flows)::BIGINT AS flows, max(rate) AS rate, coalesce(max(bytes), 0) AS most_bytes, coalesce(max(packets), 0) AS most_packets, max(flows) AS most_flows'

function magnitude(count: string): string {
  return `least(log2(coalesce(${count}, 0) + 1) * 4, ${MOST_MAGNITUDE})::UTINYINT`
}

function list(chosen: readonly Threshold[]): string {
  const rows = chosen.map(({ t, fromBytes, fromFlows }) => `(${t}, ${fromBytes}, ${fromFlows})`)
  return `(VALUES ${rows.join(', ')}) AS chosen(t, from_bytes, from_flows)`
}
