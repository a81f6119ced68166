/**
 * Where the sums of a question come from: for each day and part of its range, from the coarsest sums kept that have its
 * fields, at the ends of the range from finer ones, and from single flows where there are none. All of it adds up to the
 * same, to the unit; only sums of the largest groups say less, and are taken where single flows would take long.
 */
import type { Resolution } from '../../../../shared/query/question.ts'
import type { Blocks } from '../files/blocks.ts'
import type { Partition } from '../files/partition.ts'
import type { PartitionSource } from '../files/partitions.ts'
import {
  FOLDER_NAMES,
  LEVELS,
  LONGEST_MS,
  tablesOf,
  type CubeTable,
  type FolderName,
  type Level,
} from '../rollups/cubes.ts'
import type { RollupState } from '../rollups/rollup-file.ts'
import { countsOf, keptBy, leftName, tableName } from '../rollups/tables.ts'
import { isKept } from '../sql/fields.ts'
import { filterFields } from '../sql/filter.ts'
import { fieldOf } from '../sql/groups.ts'
import type { Bounds, FlowsPart, Part, SumsPart } from '../sql/source.ts'
import type { Shape } from '../sql/sums.ts'

/** A file of sums, as it is for this question. */
export interface KnownSums {
  readonly folder: FolderName
  readonly database: string
  readonly state: RollupState
}

/** What there is of a partition: its flows, sums of them, or both. */
export interface Day {
  readonly name: string
  readonly flows: PartitionSource | null
  readonly sums: readonly KnownSums[]
}

/** What has no name in a table of the largest groups; see `tables.ts`. */
export interface LeftPart {
  readonly table: string
  readonly levelMs: number
  readonly bounds: Bounds
  /** See `SumsPart`. */
  readonly rows: number
}

export interface Plan {
  readonly parts: readonly Part[]
  readonly left: readonly LeftPart[]
  /** Names of the files that these are read from. */
  readonly databases: readonly string[]
  readonly resolution: Resolution
  /** False where an end of the range lies within sums that cannot be parted any more: all of these are in. */
  readonly isWhole: boolean
  /** End of the last day that nothing is left of for this question, or null. */
  readonly goneUntilMs: number | null
}

export interface PlanLimits {
  /** Up to so many flows of a day are read one by one: no sums are quicker. */
  readonly flowsOfDay: number
  /** From so many flows in all on, the largest groups kept are taken instead; for pairs of addresses from a quarter. */
  readonly flowsInAll: number
  /** From so many flows to read on, a first answer is drawn from a sample; for pairs of addresses from a quarter. */
  readonly estimateFrom: number
}

export const PLAN_LIMITS: PlanLimits = { flowsOfDay: 150_000, flowsInAll: 12_000_000, estimateFrom: 6_000_000 }
/** Expressions of a group from which on there are many groups: two addresses are four. */
const MANY_GROUPS = 3

/** How far the blocks of a partition's rows reach. */
type BlocksOf = (partition: Partition) => Promise<Blocks>

/** Part of a day's range, and where it comes from. */
type Piece =
  | { readonly from: number; readonly to: number; readonly flows: true }
  | { readonly from: number; readonly to: number; readonly flows: false; readonly kept: KeptTable }

interface KeptTable {
  readonly sums: KnownSums
  readonly table: CubeTable
  readonly known: RollupState['tables'][string]
}

export async function plan(
  days: readonly Day[],
  shape: Shape,
  bounds: Bounds,
  blocksOf: BlocksOf,
  limits: PlanLimits,
): Promise<Plan> {
  const some = candidatesFor(shape, areMany(days, shape, limits))
  // What is gone can be said of the largest groups, or not at all.
  const ofGone = days.some(({ flows }) => flows === null) ? candidatesFor(shape, true) : []
  const plans: Plan[] = []
  for (const day of days) plans.push(await planDay(day, shape, bounds, blocksOf, limits, day.flows ? some : ofGone))
  const used = new Set(plans.flatMap(({ resolution, parts }) => (parts.length > 0 ? [resolution] : [])))
  const [only] = used
  const gone = plans.flatMap(({ goneUntilMs }) => goneUntilMs ?? [])
  return {
    parts: plans.flatMap(({ parts }) => parts),
    left: plans.flatMap(({ left }) => left),
    databases: plans.flatMap(({ databases }) => databases),
    resolution: used.size > 1 ? 'mixed' : (only ?? 'raw'),
    isWhole: plans.every(({ isWhole }) => isWhole),
    goneUntilMs: gone.length > 0 ? Math.max(...gone) : null,
  }
}

/** Whether flows are so many that the largest groups kept are taken instead. */
function areMany(days: readonly Pick<Day, 'flows'>[], shape: Shape, { flowsInAll }: PlanLimits): boolean {
  const flows = days.reduce((sum, { flows: source }) => sum + (source ? source.rows.to - source.rows.from : 0), 0)
  return !shape.asked.everyGroup && flows > flowsInAll / (shape.groups.length >= MANY_GROUPS ? 4 : 1)
}

async function planDay(
  day: Day,
  shape: Shape,
  bounds: Bounds,
  blocksOf: BlocksOf,
  limits: PlanLimits,
  candidates: readonly Candidate[],
): Promise<Plan> {
  const { flows, sums } = day
  const extent = extentOf(day)
  // Where the day has nothing beyond an end of the range, that end is put at a whole day: the present minute, hour and
  // day are then read as one too.
  const { ms } = LEVELS.day
  const from = bounds.fromMs > extent.fromMs ? bounds.fromMs : Math.floor(extent.fromMs / ms) * ms
  const to = bounds.toMs > extent.toMs ? (Math.floor(extent.toMs / ms) + 1) * ms : bounds.toMs
  const none = { parts: [], left: [], databases: [], resolution: 'raw', isWhole: true, goneUntilMs: null } as const
  if (from >= to) return none
  const levels: Kept[] = []
  if (!flows || flows.rows.to > limits.flowsOfDay) {
    for (const level of [LEVELS.day, LEVELS.hour, LEVELS.minute]) {
      if (shape.intervalMs !== null && shape.intervalMs % level.ms !== 0) continue
      const table = smallest(sums, level, candidates)
      if (table) levels.push({ level, table })
    }
  }
  if (!flows && levels.length === 0) return { ...none, goneUntilMs: extent.toMs + 1 }
  const pieces = cover(from, to, levels, flows !== null)
  const parts: Part[] = []
  const left: LeftPart[] = []
  const used = new Set<Resolution>()
  const databases = new Set<string>()
  for (const piece of pieces) {
    if (piece.flows) continue
    const { sums: of, table, known } = piece.kept
    const { level } = table
    const part = { levelMs: level.ms, bounds: { fromMs: piece.from, toMs: piece.to } }
    used.add(level.name)
    databases.add(of.database)
    parts.push({
      ...part,
      table: tableName(of.database, table),
      kept: keptBy(table.cube),
      rows: known.rows,
    } satisfies SumsPart)
    if (table.cube.largest) left.push({ ...part, table: leftName(of.database, table), rows: known.left })
  }
  if (flows) {
    const isInside = extent.fromMs >= bounds.fromMs && extent.toMs < bounds.toMs && pieces.length === 1
    const needsBlocks = !isInside && (pieces.length > 1 || pieces[0]?.flows || hasTail(flows, sums))
    const blocks = needsBlocks ? await blocksOf(flows.partition) : null
    const read = (rows: { from: number; to: number }, range: Bounds, longerThanMs?: number) => {
      const whole = isInside ? [{ from: 0, to: rows.to, inside: true }] : []
      for (const run of blocks?.runs(range, rows.to) ?? whole) {
        const part = { from: Math.max(run.from, rows.from), to: run.to }
        if (part.from >= part.to) continue
        const source = { ...flows, rows: part, inside: run.inside }
        databases.add(flows.partition.databaseName)
        parts.push({
          source,
          bounds: range,
          ...(longerThanMs === undefined ? {} : { longerThanMs }),
        } satisfies FlowsPart)
      }
    }
    for (const { rolled, longerThanMs, ranges } of tails(pieces, flows.rows.to)) {
      for (const range of ranges) {
        if (rolled < flows.rows.to) read({ from: rolled, to: flows.rows.to }, range)
        if (longerThanMs !== null) read({ from: 0, to: rolled }, range, longerThanMs)
      }
    }
    if (pieces.some((piece) => piece.flows)) used.add('raw')
  }
  const [only] = used
  const isWhole = pieces.every((piece) => piece.from >= from && piece.to <= to)
  const resolution = used.size > 1 ? 'mixed' : (only ?? 'raw')
  return { parts, left, databases: [...databases], resolution, isWhole, goneUntilMs: null }
}

interface Kept {
  readonly level: Level
  readonly table: KeptTable
}

/** `[from, to)` in whole buckets of the first level as far as they go, and what is before and after in the next ones. */
function cover(from: number, to: number, levels: readonly Kept[], hasFlows: boolean): Piece[] {
  if (from >= to) return []
  const [first, ...finer] = levels
  if (!first) return [{ from, to, flows: true }]
  const { ms } = first.level
  const piece = (a: number, b: number): Piece => ({ from: a, to: b, flows: false, kept: first.table })
  // Where there is nothing finer, buckets are in whole or not at all.
  if (finer.length === 0 && !hasFlows) return [piece(Math.floor(from / ms) * ms, Math.ceil(to / ms) * ms)]
  const start = Math.ceil(from / ms) * ms
  const end = Math.floor(to / ms) * ms
  if (start >= end) return cover(from, to, finer, hasFlows)
  return [...cover(from, start, finer, hasFlows), piece(start, end), ...cover(end, to, finer, hasFlows)]
}

/**
 * The ranges for which flows are read that are not in the sums: those that came after, and those that lasted too long.
 * Ranges that need the same rows and touch are one.
 */
function tails(
  pieces: readonly Piece[],
  rows: number,
): { rolled: number; longerThanMs: number | null; ranges: Bounds[] }[] {
  const found: { rolled: number; longerThanMs: number | null; ranges: Bounds[] }[] = []
  for (const piece of pieces) {
    const { state, folder } = piece.flows ? { state: null, folder: null } : piece.kept.sums
    const rolled = state?.rolled ?? 0
    const longerThanMs = state && state.long > 0 ? LONGEST_MS[folder] : null
    if (rolled >= rows && longerThanMs === null) continue
    let same = found.find((each) => each.rolled === rolled && each.longerThanMs === longerThanMs)
    if (!same) found.push((same = { rolled, longerThanMs, ranges: [] }))
    const last = same.ranges.at(-1)
    if (last?.toMs === piece.from) same.ranges[same.ranges.length - 1] = { fromMs: last.fromMs, toMs: piece.to }
    else same.ranges.push({ fromMs: piece.from, toMs: piece.to })
  }
  return found
}

function hasTail({ rows }: PartitionSource, sums: readonly KnownSums[]): boolean {
  return sums.some(({ state }) => state.rolled < rows.to || state.long > 0)
}

/** A table that a shape can be worked out from. */
interface Candidate {
  readonly folder: FolderName
  readonly table: CubeTable
  /** Where it names all groups, and where it names only the largest. */
  readonly whole: boolean
  readonly largest: boolean
}

function candidatesFor(shape: Shape, largestToo: boolean): Candidate[] {
  return FOLDER_NAMES.flatMap((folder) =>
    tablesOf(folder).map((table) => ({
      folder,
      table,
      whole: has(table, shape, true),
      largest: largestToo && has(table, shape, false),
    })),
  ).filter(({ whole, largest }) => whole || largest)
}

/** The table with the fewest rows of that level; those that name all groups come before the largest alone. */
function smallest(sums: readonly KnownSums[], level: Level, candidates: readonly Candidate[]): KeptTable | null {
  let best: KeptTable | null = null
  let least = Number.POSITIVE_INFINITY
  for (const { folder, table, whole, largest } of candidates) {
    if (table.level !== level) continue
    for (const of of sums) {
      const known = of.folder === folder ? of.state.tables[table.name] : undefined
      if (!known || !(known.left === 0 ? whole : largest)) continue
      const rank = known.rows + (known.left === 0 ? 0 : Number.MAX_SAFE_INTEGER / 2)
      if (rank >= least) continue
      least = rank
      best = { sums: of, table, known }
    }
  }
  return best
}

function has({ cube }: CubeTable, { asked, counts }: Shape, namesAll: boolean): boolean {
  const { groupBy, filter, scope } = asked
  const kept = keptBy(cube)
  const counted = countsOf(cube)
  if (!counts.every((count) => counted.includes(count))) return false
  const groups = groupBy.map(fieldOf)
  if (!namesAll) {
    // What has no name can neither be filtered nor be part of another group, and could be in several of a wider one.
    if (filter !== null || scope !== 'all') return false
    if (groups.length !== cube.fields.length || !groupBy.every((group) => typeof group === 'string')) return false
    return groups.every((name) => kept.has(name))
  }
  if (typeof scope === 'object' && !kept.has('exporter')) return false
  if (scope === 'ingress' && !kept.has('direction')) return false
  return [...groups, ...(filter ? filterFields(filter) : [])].every((name) => isKept(name, kept))
}

function extentOf({ flows, sums }: Day): Bounds {
  if (flows) return { fromMs: flows.extent.minStart, toMs: flows.extent.maxEnd }
  const extents = sums.flatMap(({ state }) => state.extent ?? [])
  return {
    fromMs: Math.min(...extents.map(({ fromMs }) => fromMs)),
    toMs: Math.max(...extents.map(({ toMs }) => toMs)),
  }
}
