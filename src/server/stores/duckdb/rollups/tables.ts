/**
 * Tables of sums: a row for each group and bucket, `t` the bucket's number. Rows of one group and bucket add up: every slice
 * of flows that is taken in adds its own. What has no name in a table of the largest stands in `NAME_left`, a row for
 * each bucket and slice, with the largest counts left out (`most_…`).
 */
import type { FieldName } from '../../../../shared/schema/fields.ts'
import { expressions, expressionTypes, keptColumns } from '../sql/fields.ts'
import { flowsParts, type Source } from '../sql/source.ts'
import { shapeOf, sums } from '../sql/sums.ts'
import type { Base, Cube, CubeTable, Level } from './cubes.ts'

/** As a statement names it. */
export function tableName(database: string, table: CubeTable): string {
  return `"${database}"."${table.name}"`
}

/** The table beside one of the largest. */
export function leftName(database: string, table: CubeTable): string {
  return `"${database}"."${table.name}_left"`
}

/** Columns that hold counts. */
export function countsOf(cube: Pick<Cube, 'layer2'>): string[] {
  return ['bytes', 'packets', ...(cube.layer2 ? ['bytes_l2'] : [])]
}

/** Fields that the tables of a cube can be asked for. */
export function keptBy(cube: Cube): ReadonlySet<FieldName> {
  return new Set(cube.fields)
}

/** Makes the tables of a cube and level, where they are missing. `wide` where counts need 128 bits. */
export function createTables(database: string, table: CubeTable, wide: boolean): string[] {
  const { cube } = table
  const count = wide ? 'HUGEINT' : 'BIGINT'
  const types = cube.fields.flatMap((name) => expressionTypes(name))
  const keys = keysOf(cube).map((column, i) => `${column} ${types[i]}`)
  const counts = countsOf(cube).map((name) => `"${name}" ${count}`)
  const columns = ['t INTEGER', ...keys, ...counts, 'flows BIGINT', 'rate UINTEGER']
  return [
    `CREATE TABLE IF NOT EXISTS ${tableName(database, table)}(${columns.join(', ')})`,
    ...(cube.largest
      ? [
          `CREATE TABLE IF NOT EXISTS ${leftName(database, table)}(t INTEGER, bytes ${count}, packets ${count}, flows BIGINT, rate UINTEGER, most_bytes ${count}, most_packets ${count}, most_flows BIGINT)`,
        ]
      : []),
  ]
}

/**
 * Sums of a slice of flows in temporary tables of each level: the finest from the flows, the others from the one before,
 * with those flows that lasted too long for it (`hasLong` where there are any). `dropSlice` lets go of them.
 */
export function sumSlice(of: Summed, levels: readonly Level[], source: Source, hasLong: boolean): string[] {
  return levels.map((level, i) => {
    const finer = levels[i - 1]
    if (!finer)
      return `CREATE OR REPLACE TEMP TABLE ${sliceName(of, level)} AS ${fromFlows(of, level, source, `"end" - "start" <= ${level.longestMs}`)}`
    const longer = `"end" - "start" > ${finer.longestMs} AND "end" - "start" <= ${level.longestMs}`
    return sumAgain(of, level, of, finer, hasLong ? fromFlows(of, level, source, longer) : null)
  })
}

/** The same of a cube, from the sums of its base, which has the levels of `base`; others from the one before. */
export function sumFromBase(cube: Cube, levels: readonly Level[], base: Base, baseLevels: readonly Level[]): string[] {
  return levels.map((level, i) => {
    const finer = levels[i - 1]
    return baseLevels.includes(level) || !finer
      ? sumAgain(cube, level, base, level, null)
      : sumAgain(cube, level, cube, finer, null)
  })
}

/** What a slice can be summed by. */
type Summed = Pick<Cube, 'name' | 'fields' | 'layer2'>

function sumAgain(of: Summed, level: Level, from: Summed, finer: Level, beside: string | null): string {
  const t = level === finer ? 't' : `t // ${level.ms / finer.ms}`
  const own = new Set(from.fields)
  const columns = of.fields.flatMap((name) => keptColumns(name))
  const keys = of.fields.flatMap((name) => expressions(name, own)).map((sql, i) => `${sql} AS "${columns[i]}"`)
  const slice = `SELECT ${[`${t} AS t`, ...keys, ...quoted(countsOf(of)), 'flows', 'rate'].join(', ')} FROM ${sliceName(from, finer)}`
  const group = ['t', ...quoted(columns)].join(', ')
  return `CREATE OR REPLACE TEMP TABLE ${sliceName(of, level)} AS SELECT ${[group, ...addedUp(of)].join(', ')} FROM (${beside === null ? slice : `${slice} UNION ALL ${beside}`}) GROUP BY ${group}`
}

function fromFlows(of: Summed, level: Level, source: Source, condition: string): string {
  const counted = { filter: null, scope: 'all', orderBy: 'bytes' } as const
  const shape = shapeOf({ ...counted, measures: of.layer2 ? ['bytes.l2'] : [] }, of.fields, level.ms)
  const parts = flowsParts([{ ...source, inside: true }], { fromMs: 0, toMs: 0 })
  const keys = keysOf(of).map((column, i) => `g${i} AS ${column}`)
  const columns = ['t', ...keys, ...quoted(countsOf(of)), 'coalesce(flows, 0) AS flows', 'rate']
  return `SELECT ${columns.join(', ')} FROM (${sums({ ...shape, conditions: [condition] }, parts)})`
}

export function dropSlice(of: Summed, levels: readonly Level[]): string[] {
  return levels.map((level) => `DROP TABLE IF EXISTS ${sliceName(of, level)}`)
}

/** Adds the sums of the slice. The first INSERT is into the table, the second into the one beside it. */
export function addSlice(database: string, table: CubeTable): string[] {
  const { cube, level } = table
  const name = tableName(database, table)
  const slice = sliceName(cube, level)
  const order = ['t', ...keysOf(cube)].join(', ')
  if (!cube.largest) return [`INSERT INTO ${name} SELECT * FROM ${slice} ORDER BY ${order}`]
  return [
    ...choose(level, slice, null),
    `INSERT INTO ${name} SELECT slice.* FROM ${slice} AS slice JOIN chosen USING (t) WHERE ${NAMED('slice')} ORDER BY ${order}`,
    `INSERT INTO ${leftName(database, table)} SELECT t, ${LEFT} FROM ${slice} AS slice JOIN chosen USING (t) WHERE NOT ${NAMED('slice')} GROUP BY t ORDER BY t`,
    'DROP TABLE chosen',
  ]
}

/**
 * Makes rows of one group and bucket one row, in order, in tables of another database: rows that are deleted would stay in
 * the file. INSERTs as in `addSlice`.
 */
export function mergeTables(database: string, table: CubeTable, to: string): string[] {
  const { cube, level } = table
  const keys = keysOf(cube)
  const order = ['t', ...keys].join(', ')
  const merged = `SELECT ${[order, ...addedUp(cube)].join(', ')} FROM ${tableName(database, table)} GROUP BY ${order}`
  if (!cube.largest) return [`INSERT INTO ${tableName(to, table)} ${merged} ORDER BY ${order}`]
  const left = leftName(database, table)
  const columns = ['bytes', 'packets', 'flows', 'most_bytes', 'most_packets', 'most_flows']
  const added = columns.map((column) => `sum(${column}) AS ${column}`)
  const gone = `SELECT t, bytes, packets, flows, rate, most_bytes, most_packets, most_flows FROM ${left}`
  const now = `SELECT t, ${LEFT} FROM merging AS slice JOIN chosen USING (t) WHERE NOT ${NAMED('slice')} GROUP BY t`
  return [
    `CREATE OR REPLACE TEMP TABLE merging AS ${merged}`,
    ...choose(level, 'merging', left),
    `INSERT INTO ${tableName(to, table)} SELECT slice.* FROM merging AS slice JOIN chosen USING (t) WHERE ${NAMED('slice')} ORDER BY ${order}`,
    `INSERT INTO ${leftName(to, table)} SELECT t, ${[...added.slice(0, 3), 'max(rate) AS rate', ...added.slice(3)].join(', ')} FROM (${gone} UNION ALL ${now}) GROUP BY t ORDER BY t`,
    'DROP TABLE chosen',
    'DROP TABLE merging',
  ]
}

/** Aggregates of the groups that lose their names. */
const LEFT =
  'sum(bytes) AS bytes, sum(packets) AS packets, sum(flows)::BIGINT AS flows, max(rate) AS rate, coalesce(max(bytes), 0) AS most_bytes, coalesce(max(packets), 0) AS most_packets, max(flows) AS most_flows'

const NAMED = (slice: string) =>
  `(${magnitude(`${slice}.bytes`)} >= chosen.by_bytes OR ${magnitude(`${slice}.flows`)} >= chosen.by_flows)`

/** Quarters of powers of two: groups of about one size are named or not named together, so that none has to be sorted. */
function magnitude(count: string): string {
  return `least(log2(coalesce(${count}, 0) + 1) * 4, 254)::UTINYINT`
}

/**
 * `chosen`: for each bucket, from which magnitude of bytes or flows on a group keeps its name. All do where there is room for
 * all; a quarter of the room is for the largest by flows. `more` are flows of buckets that have lost their names before.
 */
function choose({ flowsPerName, fewestNames, mostNames }: Level, rows: string, more: string | null): string[] {
  const flows = `sum(flows)${more === null ? '' : ` + coalesce((SELECT sum(gone.flows) FROM ${more} AS gone WHERE gone.t = sizes.t), 0)`}`
  const from = (size: string, room: string) =>
    `SELECT t, min(m) AS m FROM (SELECT t, ${size} AS m, sum(sum(groups)) OVER (PARTITION BY t ORDER BY ${size} DESC) AS above FROM sizes GROUP BY t, ${size}) JOIN room USING (t) WHERE above <= ${room} GROUP BY t`
  return [
    `CREATE OR REPLACE TEMP TABLE sizes AS SELECT t, ${magnitude('bytes')} AS by_bytes, ${magnitude('flows')} AS by_flows, count(*) AS groups, sum(flows) AS flows FROM ${rows} GROUP BY ALL`,
    `CREATE OR REPLACE TEMP TABLE room AS SELECT t, sum(groups) AS groups, greatest(${fewestNames}, least(${mostNames}, (${flows}) // ${flowsPerName})) AS room FROM sizes GROUP BY t`,
    `CREATE OR REPLACE TEMP TABLE chosen AS SELECT t, CASE WHEN groups <= room.room THEN 0 ELSE coalesce(b.m, 255) END AS by_bytes, CASE WHEN groups <= room.room THEN 0 ELSE coalesce(f.m, 255) END AS by_flows FROM room LEFT JOIN (${from('by_bytes', 'room.room')}) AS b USING (t) LEFT JOIN (${from('by_flows', 'room.room // 4')}) AS f USING (t)`,
    'DROP TABLE room',
    'DROP TABLE sizes',
  ]
}

function sliceName(of: Summed, level: Level): string {
  return `slice_${of.name}_${level.name}`
}

function keysOf(cube: Summed): string[] {
  return quoted(cube.fields.flatMap((name) => keptColumns(name)))
}

function addedUp(cube: Summed): string[] {
  const counts = quoted(countsOf(cube)).map((count) => `sum(${count}) AS ${count}`)
  return [...counts, 'sum(flows)::BIGINT AS flows', 'max(rate) AS rate']
}

function quoted(names: readonly string[]): string[] {
  return names.map((name) => `"${name}"`)
}
