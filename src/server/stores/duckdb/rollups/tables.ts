/**
 * Tables of sums: a row for each group and bucket, `t` the bucket's number. Rows of one group and bucket add up: every slice
 * of flows that is taken in adds its own. What has no name in a table of the largest stands in `NAME_left`, a row for
 * each bucket and slice, with the largest counts left out (`most_…`).
 */
import type { FieldName } from '../../../../shared/schema/fields.ts'
import { expressions, expressionTypes, keptColumns } from '../sql/fields.ts'
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

/** What a slice can be summed by. */
export type Summed = Pick<Cube, 'name' | 'fields' | 'layer2'>

/** A temporary table with sums of a slice of flows. */
export interface Sliced {
  readonly table: string
  readonly of: Summed
  readonly level: Level
}

export function sliced(of: Summed, level: Level): Sliced {
  return { table: `slice_${of.name}_${level.name}`, of, level }
}

/** Sums of flows that lasted no longer than the level takes, and longer than `longerThanMs`. */
export function sumFlows(of: Summed, level: Level, source: Source, longerThanMs: number | null): string {
  const counted = { filter: null, scope: 'all', orderBy: 'bytes' } as const
  const shape = shapeOf({ ...counted, measures: of.layer2 ? ['bytes.l2'] : [] }, of.fields, level.ms)
  const parts = flowsParts([{ ...source, inside: true }], { fromMs: 0, toMs: 0 })
  const keys = keysOf(of).map((column, i) => `g${i} AS ${column}`)
  const columns = ['t', ...keys, ...quoted(countsOf(of)), 'coalesce(flows, 0) AS flows', 'rate']
  const conditions = [
    `"end" - "start" <= ${level.longestMs}`,
    ...(longerThanMs === null ? [] : [`"end" - "start" > ${longerThanMs}`]),
  ]
  return `SELECT ${columns.join(', ')} FROM (${sums({ ...shape, conditions }, parts)})`
}

/** Sums of a slice by fewer fields, or longer buckets; `beside` are sums that are not in these. */
export function sumAgain(of: Summed, level: Level, from: Sliced, beside: string | null): string {
  const own = new Set(from.of.fields)
  const columns = of.fields.flatMap((name) => keptColumns(name))
  const keys = of.fields.flatMap((name) => expressions(name, own)).map((sql, i) => `${sql} AS "${columns[i]}"`)
  const list = [`t // ${level.ms / from.level.ms} AS t`, ...keys, ...quoted(countsOf(of)), 'flows', 'rate']
  const slice = `SELECT ${list.join(', ')} FROM ${from.table}`
  const group = ['t', ...quoted(columns)].join(', ')
  return `SELECT ${[group, ...addedUp(of)].join(', ')} FROM (${beside === null ? slice : `${slice} UNION ALL ${beside}`}) GROUP BY ${group}`
}

/** Adds sums to a table, in its order. */
export function addTo(database: string, table: CubeTable, sql: string): string {
  return `INSERT INTO ${tableName(database, table)} ${sql} ORDER BY ${orderOf(table.cube)}`
}

/** Makes rows of one group and bucket one row. */
export function mergedRows(database: string, table: CubeTable): string {
  const order = orderOf(table.cube)
  return `SELECT ${[order, ...addedUp(table.cube)].join(', ')} FROM ${tableName(database, table)} GROUP BY ${order}`
}

function orderOf(cube: Cube): string {
  return ['t', ...keysOf(cube)].join(', ')
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
