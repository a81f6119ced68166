/** Filter texts on their way to the database: whatever is typed, what arrives there is a condition and nothing else. */
import assert from 'node:assert/strict'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { storable } from '../../../../../src/server/intake/texts.ts'
import { REGISTERED } from '../../../../../src/server/registry/names.ts'
import { columnDefinition } from '../../../../../src/server/stores/duckdb/schema.ts'
import { condition } from '../../../../../src/server/stores/duckdb/sql/filter.ts'
import { parseFilter } from '../../../../../src/shared/query/filter/parse.ts'
import { COLUMNS, FIELDS } from '../../../../../src/shared/schema/fields.ts'

const names = {
  ...REGISTERED,
  exporters: (name: string) => (name.startsWith('edge') ? [{ low: 1n, high: 5n }] : []),
  interfaces: (name: string) => new Map(name.startsWith('ge') ? [[7n, [1, 2]]] : []),
  filters: new Map([['office', 'app:"it\'s" or ip:10.0.0.0/8']]),
}
const read = (text: string) => parseFilter(text, names, Date.UTC(2026, 10, 24))

describe('filter texts in the database', () => {
  let connection: DuckDBConnection

  before(async () => {
    connection = await (await DuckDBInstance.create(':memory:')).connect()
    await connection.run(`CREATE TABLE flows(${COLUMNS.map(columnDefinition).join(', ')})`)
  })
  after(() => connection.closeSync())

  const field = fc.constantFrom(
    ...FIELDS.flatMap(({ name, aliases = [] }) => [name, ...aliases.slice(0, 1)]),
    'src',
    'dst',
    'client',
  )
  const sign = fc.constantFrom(':', ' = ', ' != ', '<', ' <= ', ' > ', '>=', ' in ', ' not in ')
  const value = fc.oneof(
    fc.constantFrom('10.0.0.1', '2001:db8::/32', '10.1.*', '443', '8000-8100', '1MB', '5s', 'now-1h', 'AS64500', '*'),
    fc.constantFrom('tcp', 'https', 'h*', 'SA', 'syn', 'none', 'ingress', '00:50:56:*', 'edge-1', 'ge-0/0/1', '0x1b'),
    fc.constantFrom('"; DROP TABLE flows; --"', "'x'", '"\' OR 1=1 --"', '/^it\'s|"$/', '/[^a]{2,3}\\d/', '@office'),
    field,
    fc.string({ unit: 'binary', maxLength: 12 }).map((text) => JSON.stringify(text)),
  )
  const list = fc.array(value, { minLength: 1, maxLength: 4 }).map((values) => `(${values.join(' or ')})`)
  const fitting = fc.constantFrom(
    'src.ip >= 10.0.0.1',
    'ip:2001:db8::/32',
    'src.port < dst.port',
    'client.ip = next.hop',
    'app = http.host',
    'tcp.flags:(syn and not A)',
    'tcp.flags = SA',
    'bytes:1k-1MB',
    'duration > 1.5s',
    'exporter:edge-1',
    'if:(ge-0/0/1 or 7)',
    'service:h*',
    'src.as != dst.as',
    'end < now-1h',
    '@office',
    'client:10.0.0.0/8',
    'user:/^it\'s|"$/',
    'app:("%_" or *\'*)',
  )
  const test = fc.oneof(
    { weight: 3, arbitrary: fitting },
    { weight: 2, arbitrary: fc.tuple(field, sign, fc.oneof(value, list)).map((parts) => parts.join('')) },
    { weight: 1, arbitrary: value },
  )
  const filter = fc.oneof(
    test,
    fc.array(test, { minLength: 2, maxLength: 4 }).map((tests) => tests.join(' and not ')),
    fc.tuple(test, test).map(([a, b]) => `(${a} or ${b}) and not (${b})`),
    fc.string({ unit: 'binary', maxLength: 60 }),
  )

  it('any text is refused, or becomes a condition that the database takes', async () => {
    let taken = 0
    await fc.assert(
      fc.asyncProperty(filter, async (text) => {
        const { filter: meaning } = read(text)
        if (meaning === null) return
        taken++
        const prepared = await connection.prepare(`SELECT count(*) FROM flows WHERE ${condition(meaning)}`)
        prepared.destroySync()
      }),
      { numRuns: 2500 },
    )
    assert.ok(taken > 250, `${taken} were filters`)
    assert.equal((await connection.runAndReadAll('FROM flows')).getRows().length, 0)
  })

  it('a text in quotes and the beginning of one find the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), async (typed) => {
        const text = storable(typed)
        const quoted = (some: string) => some.replace(/["\\*]/g, '\\$&')
        const first = Array.from(text)[0] as string
        for (const written of [`app:"${quoted(text)}"`, `app:"${quoted(first)}*"`]) {
          const { filter: meaning, problems } = read(written)
          assert.deepEqual(problems, [], written)
          const literal = `'${text.replaceAll("'", "''")}'`
          const reader = await connection.runAndReadAll(
            `SELECT ${meaning === null ? 'true' : condition(meaning)} FROM (SELECT ${literal} AS app)`,
          )
          assert.equal(reader.getRows()[0]?.[0], true, written)
        }
      }),
      { numRuns: 300 },
    )
  })
})
