/** Every statement that can be made is one that the database takes, over all fields and forms. */
import assert from 'node:assert/strict'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { after, before, describe, it } from 'node:test'
import type { Filter, Pattern } from '../../../../src/shared/query/filter/ast.ts'
import { COLUMNS, FIELDS, type Field, type FieldName } from '../../../../src/shared/schema/fields.ts'
import { isNumeric } from '../../../../src/shared/schema/kinds.ts'
import { columnDefinition } from '../../../../src/server/stores/duckdb/schema.ts'
import { condition } from '../../../../src/server/stores/duckdb/sql/filter.ts'
import {
  countRecords,
  pageEnd,
  readRecords,
  sortKeys,
  type RecordSource,
} from '../../../../src/server/stores/duckdb/sql/records.ts'
import { flowsParts } from '../../../../src/server/stores/duckdb/sql/source.ts'
import { shapeOf, sums } from '../../../../src/server/stores/duckdb/sql/sums.ts'
import { question, recordQuestion } from '../../../support/store.ts'

const ALL = new Set(COLUMNS.map((column) => column.name))
const FEW = new Set(['start', 'end', 'received'])
const BOUNDS = { fromMs: 1000, toMs: 2000 }

/** Tables with all columns and with the fewest, wholly inside the range and not, in 64 and in 128 bits. */
const SOURCES: readonly RecordSource[] = [
  { name: '2026-11-23', table: 'memory.full_', columns: ALL, inside: true, wide: false, rows: { from: 0, to: 10 } },
  { name: '2026-11-24', table: 'memory.full_', columns: ALL, inside: false, wide: true, rows: { from: 10, to: null } },
  { name: '2026-11-25', table: 'memory.few', columns: FEW, inside: false, wide: false },
]

/** A stored field and one that is worked out, of the same kind. */
function comparedTo({ kind, either }: Field): FieldName[] {
  const others = FIELDS.filter((other) => other.kind === kind && !other.either && !either).map(({ name }) => name)
  return [...new Set([...others.slice(0, 1), ...others.slice(-1)])]
}

describe('statements', () => {
  let connection: DuckDBConnection

  before(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect()
    await connection.run(`CREATE TABLE full_(${COLUMNS.map(columnDefinition).join(', ')})`)
    await connection.run(
      `CREATE TABLE few(${COLUMNS.filter((column) => FEW.has(column.name))
        .map(columnDefinition)
        .join(', ')})`,
    )
  })
  after(() => connection.closeSync())

  const binds = async (sql: string) => {
    await assert.doesNotReject(connection.run(`EXPLAIN ${sql}`), sql)
  }

  for (const field of FIELDS.filter((each) => !each.either)) {
    it(`sort by ${field.name}`, async () => {
      for (const descending of [true, false]) {
        const records = recordQuestion({ fields: [field.name], sort: { field: field.name, descending } })
        for (const value of field.kind === 'keyword' ? [null, "it's"] : [null, 3n, (1n << 63n) + 1n]) {
          const place = sortKeys(records).map(({ sql }) => (sql === 'partition_name' ? "it's" : value))
          await binds(pageEnd(records, SOURCES, place))
          await binds(readRecords(records, SOURCES, { after: place, last: place }))
        }
      }
    })
  }

  for (const field of FIELDS) {
    it(`filter by ${field.name}`, async () => {
      const most = (1n << 128n) - 1n
      const ranges = [
        [],
        [[0n, 0n]],
        [[0n, most]],
        [[3n, 70_000n]],
        [
          [1n, 1n],
          [5n, 5n],
          [9n, (1n << 64n) + 5n],
        ],
        [[-5n, -1n]],
        [[1n << 63n, 1n << 64n]],
        [
          [7n, 1n << 70n],
          [1n << 80n, most],
        ],
      ] as [bigint, bigint][][]
      const patterns: Pattern[][] = [[], [['a'], ["b'"]], [['', '%_!\\', '']], [['a', 'b'], ['\0\ud800'], ['c', '']]]
      const tests: Filter[] = [
        { op: 'exists', field: field.name },
        ...(field.kind === 'keyword' ? patterns : []).map((each): Filter => ({
          op: 'like',
          field: field.name,
          patterns: each,
        })),
        ...(field.kind === 'keyword' ? [] : ranges).map((each): Filter => ({
          op: 'in',
          field: field.name,
          ranges: each.map(([low, high]) => ({ low, high })),
        })),
        ...(field.kind === 'keyword' ? [{ op: 'match', field: field.name, expression: "it's (a|b)$" } as const] : []),
        ...(isNumeric(field.kind) && !field.either
          ? [{ op: 'bits', field: field.name, mask: 0x12n, value: 0x10n } as const]
          : []),
        ...comparedTo(field).flatMap((other) =>
          (['=', '<'] as const).map((is) => ({ op: 'compare', field: field.name, is, other }) as const),
        ),
      ]
      for (const test of tests) {
        const filter: Filter = { op: 'and', of: [test, { op: 'not', of: test }, { op: 'or', of: [test] }] }
        await binds(countRecords(recordQuestion({ filter }), SOURCES))
        await binds(sums(shapeOf(question({ filter, scope: 'ingress' }), [], null), flowsParts(SOURCES, BOUNDS)))
      }
    })
  }

  it('a filter holds, or does not, and never is unknown', async () => {
    const test: Filter = { op: 'in', field: 'proto', ranges: [{ low: 6n, high: 6n }] }
    const never: Filter = { op: 'or', of: [] }
    const always: Filter = { op: 'and', of: [] }
    for (const [filter, holds] of [
      [test, false],
      [{ op: 'not', of: test }, true],
      [{ op: 'not', of: { op: 'not', of: test } }, false],
      [never, false],
      [always, true],
      [{ op: 'not', of: { op: 'and', of: [test, always] } }, true],
    ] as [Filter, boolean][]) {
      const reader = await connection.runAndReadAll(
        `SELECT count(*) FROM (SELECT NULL::UTINYINT AS proto) WHERE ${condition(filter)}`,
      )
      assert.equal(reader.getRows()[0]?.[0], holds ? 1n : 0n)
    }
  })

  it('a hundred wildcards over a long text end at once, whatever stands between them', async () => {
    for (const first of ['', '%', '_', '!', '\\', '.', '(', '[']) {
      const pieces = [first, ...Array.from({ length: 100 }, () => 'a'), 'b'] as unknown as Pattern
      const fits = async (text: string) => {
        const filter = condition({ op: 'like', field: 'app', patterns: [pieces] })
        const reader = await connection.runAndReadAll(
          `SELECT count(*) FROM (SELECT '${text}' AS app FROM range(100)) WHERE ${filter}`,
        )
        return Number(reader.getRows()[0]?.[0])
      }
      assert.equal(await fits(`${first}${'a'.repeat(255)}`), 0, first)
      assert.equal(await fits(`${first}${'a'.repeat(255)}B`), 100, first)
      if (first !== '') assert.equal(await fits(`x${'a'.repeat(255)}b`), 0, first)
    }
  })

  it('a filter as deep as it may be is taken, a deeper one refused', async () => {
    const nested = (depth: number): Filter =>
      depth === 0 ? { op: 'exists', field: 'ip' } : { op: 'not', of: nested(depth - 1) }
    await binds(countRecords(recordQuestion({ filter: nested(250) }), SOURCES))
    assert.throws(() => condition(nested(251)), /nested/)
  })

  it('a filter of thousands of addresses is taken', async () => {
    const ranges = Array.from({ length: 10_000 }, (_, i) => ({
      low: 0xffff_0a00_0000n + BigInt(2 * i),
      high: 0xffff_0a00_0000n + BigInt(2 * i),
    }))
    await binds(countRecords(recordQuestion({ filter: { op: 'in', field: 'ip', ranges } }), SOURCES))
  })
})
