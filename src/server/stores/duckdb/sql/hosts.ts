/**
 * Statements for a partition's table of addresses: for each address, side and UTC day of the flows' end, when they first
 * started and last ended, how many they were and what they carried. Rows of the same add up: each slice of flows adds its
 * own. They stand in the order of addresses, so that looking one up reads a few blocks of the file.
 */
import type { SeenQuestion } from '../../../../shared/query/seen.ts'
import { literal } from './filter.ts'
import { relation, type Source } from './source.ts'

const DAY_MS = 86_400_000

/** More rows of a partition are not kept; those with the fewest flows go. */
export const MOST_HOSTS = 1_000_000

const SIDES = ['src', 'dst'] as const
const KEYS = 'ip_hi, ip_lo, side, day'
const COLUMNS =
  'ip_hi UBIGINT, ip_lo UBIGINT, side UTINYINT, day INTEGER, "first" BIGINT, "last" BIGINT, flows BIGINT, bytes HUGEINT'
const ADDED = 'min("first") AS "first", max("last") AS "last", sum(flows)::BIGINT AS flows, sum(bytes) AS bytes'

/** Of the table, in its order. */
export const HOST_COLUMNS = `${KEYS}, "first", "last", flows, bytes`

/** A month's table in the file of all days that are over. */
export function monthTable(month: string): string {
  return `"hosts"."${month}"`
}

export function createMonth(table: string): string {
  return `CREATE TABLE IF NOT EXISTS ${table}(partition_name VARCHAR, ${COLUMNS})`
}

/** Makes the table, and one beside it that says how many rows had no room. */
export function createHosts(table: string): string[] {
  return [
    `CREATE TABLE IF NOT EXISTS ${table}(${COLUMNS})`,
    `CREATE TABLE IF NOT EXISTS ${leftOut(table)}(hosts BIGINT)`,
  ]
}

/** Adds the rows of a slice of flows. One side after the other takes three quarters of what both at once take. */
export function fillHosts(table: string, source: Source): string[] {
  const sides = SIDES.map((side, i) => {
    const keys = `"${side}_ip_hi" AS ip_hi, "${side}_ip_lo" AS ip_lo, ${i}::UTINYINT AS side`
    const counted = `min("start") AS "first", max("end") AS "last", count(*) AS flows, sum(bytes) AS bytes`
    const rows = relation(source, columnsOf(side), [`"${side}_ip_hi" IS NOT NULL`])
    return `SELECT ${keys}, ("end" // ${DAY_MS})::INTEGER AS day, ${counted} FROM ${rows} GROUP BY ALL`
  })
  return [`INSERT INTO ${table} SELECT ${HOST_COLUMNS} FROM (${sides.join(' UNION ALL ')}) ORDER BY ${KEYS}`]
}

/** Makes rows of one address and side one row, in order, in the table of another database, and leaves out what has no room. */
export function mergeHosts(table: string, to: string, most = MOST_HOSTS): string[] {
  return [
    `CREATE OR REPLACE TEMP TABLE hosts_before AS SELECT ${KEYS}, ${ADDED} FROM ${table} GROUP BY ${KEYS} ORDER BY flows DESC, ${KEYS}`,
    `INSERT INTO ${to} SELECT * FROM (SELECT * FROM hosts_before LIMIT ${most}) ORDER BY ${KEYS}`,
    `INSERT INTO ${leftOut(to)} SELECT count(*) - ${most} FROM hosts_before HAVING count(*) > ${most}`,
    `INSERT INTO ${leftOut(to)} SELECT * FROM ${leftOut(table)}`,
    'DROP TABLE hosts_before',
  ]
}

/** The table beside, which has rows where some had no room. */
export function leftOut(table: string): string {
  return `${table.replace(/"$/, '')}_left"`
}

/** What the table says of a range of addresses; a month's, without some partitions. Rows: day (since 1970), side (0 for source), first, last, flows, bytes. */
export function seenInHosts(table: string, question: SeenQuestion, without: readonly string[] = []): string {
  const sides = sidesOf(question).map((side) => SIDES.indexOf(side))
  const except =
    without.length > 0 ? ` AND partition_name NOT IN (${without.map((name) => literal(name)).join(', ')})` : ''
  return `SELECT day, side, ${ADDED} FROM ${table} WHERE ${among('ip', question)} AND side IN (${sides.join(', ')})${except} GROUP BY day, side`
}

/** The same out of flows. */
export function seenInFlows(source: Source, question: SeenQuestion): string {
  return sidesOf(question)
    .map(
      (side) =>
        `SELECT day, side, ${ADDED} FROM (SELECT ${flowValues(side)} FROM ${relation(source, columnsOf(side), [among(`${side}_ip`, question)])}) GROUP BY day, side`,
    )
    .join(' UNION ALL ')
}

function sidesOf({ asked }: SeenQuestion): readonly (typeof SIDES)[number][] {
  return asked === 'either' ? SIDES : [asked]
}

function columnsOf(side: (typeof SIDES)[number]): string[] {
  return [`${side}_ip_hi`, `${side}_ip_lo`, 'start', 'end', 'bytes']
}

function flowValues(side: (typeof SIDES)[number]): string {
  return `"${side}_ip_hi" AS ip_hi, "${side}_ip_lo" AS ip_lo, ${SIDES.indexOf(side)} AS side, ("end" // ${DAY_MS})::INTEGER AS day, "start" AS "first", "end" AS "last", 1 AS flows, bytes::HUGEINT AS bytes`
}

/** Networks longer than 64 bits, and single addresses, have one high half; the others are whole high halves. */
function among(column: string, { low, high }: SeenQuestion): string {
  const [lowHigh, highHigh] = [low >> 64n, high >> 64n]
  if (lowHigh !== highHigh) return `"${column}_hi" BETWEEN ${literal(lowHigh)} AND ${literal(highHigh)}`
  const [lowLow, highLow] = [BigInt.asUintN(64, low), BigInt.asUintN(64, high)]
  return `"${column}_hi" = ${literal(lowHigh)} AND "${column}_lo" BETWEEN ${literal(lowLow)} AND ${literal(highLow)}`
}
