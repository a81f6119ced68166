/** A filter on addresses, taken apart: every flow that it fits fits one of its alternatives, and only one. */
import { DuckDBInstance } from '@duckdb/node-api'
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { REGISTERED } from '../../../../src/server/registry/names.ts'
import type { Filter } from '../../../../src/shared/query/filter/ast.ts'
import { parseFilter } from '../../../../src/shared/query/filter/parse.ts'
import { alternatives } from '../../../../src/server/stores/duckdb/sql/alternatives.ts'
import { condition } from '../../../../src/server/stores/duckdb/sql/filter.ts'

const NOW = Date.UTC(2026, 10, 24, 12)

function filterOf(text: string): Filter {
  const { filter, problems } = parseFilter(text, REGISTERED, NOW)
  assert.deepEqual(problems, [])
  return filter as Filter
}

/** Each pair of these as source and destination, opened by either or nobody knows by whom. */
const ADDRESSES = ['10.0.0.1', '10.0.0.2', '10.0.1.1', '2001:db8::1', null]

async function tableOfFlows() {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run(
    'CREATE TABLE flows(src_ip_hi UBIGINT, src_ip_lo UBIGINT, dst_ip_hi UBIGINT, dst_ip_lo UBIGINT, initiator UTINYINT, proto UTINYINT)',
  )
  const halves = (address: string | null) => {
    if (address === null) return 'NULL, NULL'
    const { ranges } = filterOf(`src.ip:${address}`) as Extract<Filter, { op: 'in' }>
    const value = ranges[0]?.low ?? 0n
    return `${value >> 64n}, ${value & 0xffff_ffff_ffff_ffffn}`
  }
  for (const src of ADDRESSES)
    for (const dst of ADDRESSES)
      for (const initiator of ['0', '1', 'NULL'])
        for (const proto of [6, 17])
          await connection.run(`INSERT INTO flows VALUES (${halves(src)}, ${halves(dst)}, ${initiator}, ${proto})`)
  return connection
}

const APART: readonly (readonly [filter: string, alternatives: number])[] = [
  ['ip:10.0.0.1', 2],
  ['server.ip:10.0.0.1', 2],
  ['client.ip:2001:db8::1', 2],
  ['ip:10.0.0.0/24', 2],
  ['src.ip:10.0.0.1 or dst.ip:10.0.1.1', 2],
  ['proto:6 and server.ip:10.0.0.2', 2],
  ['not ip:10.0.0.2 and client.ip:10.0.0.1', 2],
]

const WHOLE: readonly (string | Filter)[] = [
  { op: 'or', of: [] },
  { op: 'and', of: [] },
  'src.ip:10.0.0.1',
  'not server.ip:10.0.0.1',
  'ip:10.0.0.0/8',
  'server.ip:(10.0.0.1 or 10.0.1.1)',
  'ip:10.0.0.1 or proto:17',
  'proto:6',
]

describe('alternatives of a filter', () => {
  it('fit what it fits, each flow once', async () => {
    const connection = await tableOfFlows()
    for (const [text, count] of [...APART, ...WHOLE.map((whole) => [whole, 1] as const)]) {
      const filter = typeof text === 'string' ? filterOf(text) : text
      const found = alternatives(filter)
      assert.equal(found.length, count, condition(filter))
      const fits = found.map((each) => `coalesce(${condition(each)}, false)::INTEGER`).join(' + ')
      const wrong = `SELECT count(*) FROM flows WHERE coalesce(${condition(filter)}, false)::INTEGER <> ${fits}`
      assert.equal(Number((await connection.runAndReadAll(wrong)).getRows()[0]?.[0]), 0, condition(filter))
    }
  })
})
