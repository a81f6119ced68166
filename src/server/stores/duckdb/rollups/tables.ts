/**
 * Tables of sums: a row for each group and bucket, `t` the bucket's number. Rows of one group and bucket add up: every slice
 * of flows that is taken in adds its own. What has no name in a table of the largest stands in `NAME_left`, a row for
 * each bucket and slice, with the largest counts left out (`most_…`).
 */
import type { FieldName } from '../../../../shared/schema/fields.ts'
import { expressionTypes, keptColumns } from '../sql/fields.ts'
import { flowsParts, type Source } from '../sql/source.ts'
import { shapeOf, sums } from '../sql/sums.ts'
import type { Cube, CubeTable, Level } from './cubes.ts'

/** As a statement names it. */
export function tableName(database: string, table: CubeTable): string {
  return `"${database}"."${table.name}"`
}

/** The table beside one of the largest. */
export function leftName(database: string, table: CubeTable): string {
  return `"${database}"."${table.name}_left"`
}

/** Columns that hold counts. */
export function countsOf(cube: Cube): string[] {
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
export function sumSlice(cube: Cube, levels: readonly Level[], source: Source, hasLong: boolean): string[] {
  const keys = keysOf(cube)
  return levels.map((level, i) => {
    const finer = levels[i - 1]
    const make = `CREATE OR REPLACE TEMP TABLE ${sliceName(cube, level)} AS`
    if (!finer) return `${make} ${fromFlows(cube, level, source, `"end" - "start" <= ${level.longestMs}`)}`
    const t = `t // ${level.ms / finer.ms} AS t`
    const sums = `SELECT ${[t, ...keys, ...quoted(countsOf(cube)), 'flows', 'rate'].join(', ')} FROM ${sliceName(cube, finer)}`
    const longer = `"end" - "start" > ${finer.longestMs} AND "end" - "start" <= ${level.longestMs}`
    const all = hasLong ? `${sums} UNION ALL ${fromFlows(cube, level, source, longer)}` : sums
    return `${make} SELECT ${['t', ...keys, ...summed(cube)].join(', ')} FROM (${all}) GROUP BY ${['t', ...keys].join(', ')}`
  })
}

function fromFlows(cube: Cube, level: Level, source: Source, condition: string): string {
  const counted = { filter: null, scope: 'all', orderBy: 'bytes' } as const
  const shape = shapeOf({ ...counted, measures: cube.layer2 ? ['bytes.l2'] : [] }, cube.fields, level.ms)
  const parts = flowsParts([{ ...source, inside: true }], { fromMs: 0, toMs: 0 })
  const keys = keysOf(cube).map((column, i) => `g${i} AS ${column}`)
  const columns = ['t', ...keys, ...quoted(countsOf(cube)), 'coalesce(flows, 0) AS flows', 'rate']
  return `SELECT ${columns.join(', ')} FROM (${sums({ ...shape, conditions: [condition] }, parts)})`
}

export function dropSlice(cube: Cube, levels: readonly Level[]): string[] {
  return levels.map((level) => `DROP TABLE IF EXISTS ${sliceName(cube, level)}`)
}

/** Adds the sums of the slice. The first INSERT is into the table, the second into the one beside it. */
export function addSlice(database: string, table: CubeTable): string[] {
  const { cube, level } = table
  const name = tableName(database, table)
  const slice = sliceName(cube, level)
  const order = ['t', ...keysOf(cube)].join(', ')
  if (!cube.largest) return [`INSERT INTO ${name} SELECT * FROM ${slice} ORDER BY ${order}`]
  return [
    ...choose(level, slice, 'flows'),
    `INSERT INTO ${name} SELECT slice.* FROM ${slice} AS slice JOIN chosen USING (t) WHERE ${NAMED('slice')} ORDER BY ${order}`,
    `INSERT INTO ${leftName(database, table)} SELECT t, ${LEFT} FROM ${slice} AS slice JOIN chosen USING (t) WHERE NOT ${NAMED('slice')} GROUP BY t ORDER BY t`,
    'DROP TABLE chosen',
  ]
}

/** Makes rows of one group and bucket one row, in order. INSERTs as in `addSlice`. */
export function mergeTables(database: string, table: CubeTable): string[] {
  const { cube, level } = table
  const name = tableName(database, table)
  const keys = keysOf(cube)
  const order = ['t', ...keys].join(', ')
  const merged = `SELECT ${[order, ...summed(cube)].join(', ')} FROM ${name} GROUP BY ${order}`
  // Rows that are deleted stay in the file; a table that is made anew leaves nothing.
  const anew = (of: string, rows: string) => [
    `CREATE OR REPLACE TABLE ${of} AS SELECT * FROM ${of} LIMIT 0`,
    `INSERT INTO ${of} ${rows}`,
  ]
  if (!cube.largest)
    return [
      `CREATE OR REPLACE TEMP TABLE merging AS ${merged}`,
      ...anew(name, `SELECT * FROM merging ORDER BY ${order}`),
      'DROP TABLE merging',
    ]
  const left = leftName(database, table)
  const columns = ['bytes', 'packets', 'flows', 'most_bytes', 'most_packets', 'most_flows']
  const added = columns.map((column) => `sum(${column}) AS ${column}`)
  const gone = `SELECT t, bytes, packets, flows, rate, most_bytes, most_packets, most_flows FROM ${left}`
  const now = `SELECT t, ${LEFT} FROM merging AS slice JOIN chosen USING (t) WHERE NOT ${NAMED('slice')} GROUP BY t`
  return [
    `CREATE OR REPLACE TEMP TABLE merging AS ${merged}`,
    `CREATE OR REPLACE TEMP TABLE leaving AS SELECT t, sum(flows) AS flows FROM (SELECT t, flows FROM merging UNION ALL SELECT t, flows FROM ${left}) GROUP BY t`,
    ...choose(level, 'merging', '(SELECT leaving.flows FROM leaving WHERE leaving.t = merging.t)'),
    ...anew(
      name,
      `SELECT slice.* FROM merging AS slice JOIN chosen USING (t) WHERE ${NAMED('slice')} ORDER BY ${order}`,
    ),
    `CREATE OR REPLACE TEMP TABLE leaving AS SELECT t, ${[...added.slice(0, 3), 'max(rate) AS rate', ...added.slice(3)].join(', ')} FROM (${gone} UNION ALL ${now}) GROUP BY t`,
    ...anew(left, 'SELECT * FROM leaving ORDER BY t'),
    'DROP TABLE leaving',
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
 * all; a quarter of the room is for the largest by flows.
 */
function choose({ flowsPerName, fewestNames, mostNames }: Level, rows: string, flows: string): string[] {
  const room = `greatest(${fewestNames}, least(${mostNames}, any_value(flows) // ${flowsPerName}))`
  const total = flows === 'flows' ? 'sum(flows)' : `any_value(${flows})`
  const from = (count: string, share: string) =>
    `SELECT t, min(m) AS m FROM (SELECT t, m, sum(n) OVER (PARTITION BY t ORDER BY m DESC) AS above FROM (SELECT t, ${magnitude(count)} AS m, count(*) AS n FROM ${rows} GROUP BY ALL)) JOIN room USING (t) WHERE above <= room.room${share} GROUP BY t`
  return [
    `CREATE OR REPLACE TEMP TABLE room AS SELECT t, any_value(groups) AS groups, ${room} AS room FROM (SELECT t, count(*) AS groups, ${total} AS flows FROM ${rows} GROUP BY t) GROUP BY t`,
    `CREATE OR REPLACE TEMP TABLE chosen AS SELECT t, CASE WHEN groups <= room.room THEN 0 ELSE coalesce(b.m, 255) END AS by_bytes, CASE WHEN groups <= room.room THEN 0 ELSE coalesce(f.m, 255) END AS by_flows FROM room LEFT JOIN (${from('bytes', '')}) AS b USING (t) LEFT JOIN (${from('flows', ' // 4')}) AS f USING (t)`,
    'DROP TABLE room',
  ]
}

function sliceName(cube: Cube, level: Level): string {
  return `slice_${cube.name}_${level.name}`
}

function keysOf(cube: Cube): string[] {
  return quoted(cube.fields.flatMap((name) => keptColumns(name)))
}

function summed(cube: Cube): string[] {
  const counts = quoted(countsOf(cube)).map((count) => `sum(${count}) AS ${count}`)
  return [...counts, 'sum(flows)::BIGINT AS flows', 'max(rate) AS rate']
}

function quoted(names: readonly string[]): string[] {
  return names.map((name) => `"${name}"`)
}
