/** Every statement that a question can lead to is one that the database takes: all fields, groups, measures and orders. */
import assert from 'node:assert/strict'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { after, before, describe, it } from 'node:test'
import { isGroupable, type Grouping } from '../../../../../src/shared/query/groups.ts'
import { FIXED_MEASURES, type Measure } from '../../../../../src/shared/query/measures.ts'
import type { Question } from '../../../../../src/shared/query/question.ts'
import { COLUMNS, FIELDS, type Field } from '../../../../../src/shared/schema/fields.ts'
import { isNumeric } from '../../../../../src/shared/schema/kinds.ts'
import { Reader } from '../../../../../src/server/stores/duckdb/files/database.ts'
import { answerQuestion, NOTHING_LEFT, type Sums } from '../../../../../src/server/stores/duckdb/answers/query.ts'
import { columnDefinition } from '../../../../../src/server/stores/duckdb/schema.ts'
import { flowsParts, type Source } from '../../../../../src/server/stores/duckdb/sql/source.ts'
import { sums } from '../../../../../src/server/stores/duckdb/sql/sums.ts'
import { question } from '../../../../support/store.ts'

const ALL = new Set(COLUMNS.map((column) => column.name))
const FEW = new Set(['start', 'end', 'received'])
const BOUNDS = { fromMs: 1000, toMs: 2000 }

/** Tables with all columns and with the fewest, wholly inside the range and not, in 64 and in 128 bits. */
const SOURCES: readonly Source[] = [
  { table: 'memory.full_', columns: ALL, inside: true, wide: false, rows: { from: 0, to: 2 } },
  { table: 'memory.full_', columns: ALL, inside: false, wide: true, rows: { from: 2, to: null } },
  { table: 'memory.few', columns: FEW, inside: false, wide: false },
]

const READ: Sums = {
  of: (shape) => Promise.resolve(sums(shape, flowsParts(SOURCES, BOUNDS))),
  parts: () => Promise.resolve(flowsParts(SOURCES, BOUNDS)),
  flows: () => Promise.resolve(flowsParts(SOURCES, BOUNDS)),
  left: () => Promise.resolve(NOTHING_LEFT),
}

/** A statement for each of them would take the database half a minute to plan. */
function several<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / 6) }, (_, i) => all.slice(6 * i, 6 * i + 6))
}

/** As a field's values are, and in every other way that its kind allows. */
function groupsOf(field: Field): Grouping[] {
  const { name, kind, role, either } = field
  if (either) return []
  return [
    ...(isGroupable(field) ? [name] : []),
    ...(kind === 'ip' ? [0, 24, 32].map((prefix): Grouping => ({ field: name, prefix, prefix6: 4 * prefix })) : []),
    ...(isNumeric(kind) && role !== 'time'
      ? ([1, 1000, 'log'] as const).map((bucket): Grouping => ({ field: name, bucket }))
      : []),
  ]
}

describe('statements of a question', () => {
  let connection: DuckDBConnection
  let reader: Reader

  before(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect()
    reader = new Reader(connection, new AbortController().signal)
    const values = (of: ReadonlySet<string>, value: (type: string) => string) =>
      COLUMNS.filter((column) => of.has(column.name))
        .map((column) => {
          const definition = columnDefinition(column)
          if (column.name === 'start') return '1100'
          return column.name === 'end' ? '1250' : value(definition)
        })
        .join(', ')
    const filled = values(ALL, (type) => (type.includes('VARCHAR') ? "'it''s'" : '7'))
    await connection.run(`CREATE TABLE full_(${COLUMNS.map(columnDefinition).join(', ')})`)
    for (let i = 0; i < 2; i++) {
      await connection.run(`INSERT INTO full_ VALUES (${filled}), (${values(ALL, () => 'NULL')})`)
    }
    const few = COLUMNS.filter((column) => FEW.has(column.name))
    await connection.run(`CREATE TABLE few(${few.map(columnDefinition).join(', ')})`)
    await connection.run(`INSERT INTO few VALUES (${values(FEW, () => '7')})`)
  })
  after(() => connection.closeSync())

  const takes = async (parts: Partial<Question>) => {
    const asked = question({ ...BOUNDS, overMs: 50, limit: 1, ...parts })
    const { rows } = await answerQuestion(asked, reader, READ)
    assert.ok(rows.length > 0)
  }

  it('all groups, in all and by bucket', async () => {
    for (const groupBy of several(FIELDS.flatMap(groupsOf)))
      await takes({ groupBy, measures: ['bytes'], intervalMs: 100, furtherMs: [null] })
  })

  it('all values that can be counted', async () => {
    const measures = FIELDS.filter(isGroupable).map(({ name }): Measure => `unique(${name})`)
    for (const some of several(measures)) await takes({ measures: some, intervalMs: 100 })
  })

  it('all measures, and all of them to order by', async () => {
    const measures: readonly Measure[] = [...FIXED_MEASURES, 'unique(dst.ip)', 'unique(app)', 'unique(src.ip/24)']
    await takes({ measures })
    const groupBy: Grouping[] = ['dst.ip', { clock: 'hour', zone: 'Europe/Berlin' }]
    await takes({ groupBy, measures, totals: true })
    for (const orderBy of measures) await takes({ groupBy, orderBy, descending: false })
  })

  it('each kind of order, over few groups and by bucket', async () => {
    const orders: Measure[] = [
      'flows',
      'pps',
      'bytes.share',
      'bytes/packet',
      'bps.p95',
      'duration.avg',
      'unique(dst.ip)',
    ]
    for (const orderBy of orders) {
      for (const intervalMs of [null, 100])
        await takes({ groupBy: ['proto'], measures: [orderBy], orderBy, intervalMs, furtherMs: [1000] })
      await takes({ groupBy: ['src.ip'], measures: [orderBy], orderBy, intervalMs: 100, topPer: 'bucket' })
    }
  })
})
