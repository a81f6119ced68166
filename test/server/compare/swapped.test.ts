/** The same question with its ends swapped, against sums made by hand. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it, test } from 'node:test'
import { answererOf, ask } from '../../../src/server/compare/ask.ts'
import { REGISTERED } from '../../../src/server/registry/names.ts'
import type { DuckStore } from '../../../src/server/stores/duckdb/store.ts'
import { queryBody } from '../../../src/shared/api/questions.ts'
import type { Answer } from '../../../src/shared/query/question.ts'
import { otherEnd } from '../../../src/shared/query/swap.ts'
import { keep, openStore } from '../../support/store.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
const HOUR = 3_600_000
const HOST = '10.0.0.5'

/** From, to, in, out, bytes. */
const flows: readonly (readonly [string, string, number, number, number])[] = [
  [HOST, '198.51.100.1', 1, 2, 100],
  ['198.51.100.1', HOST, 2, 1, 9000],
  [HOST, '198.51.100.2', 1, 2, 50],
  ['198.51.100.3', HOST, 2, 1, 7],
  ['10.0.0.6', '198.51.100.1', 1, 2, 1_000_000],
]

test('each field has its other end, and that has it back', () => {
  assert.equal(otherEnd('src.ip'), 'dst.ip')
  assert.equal(otherEnd('dst.as'), 'src.as')
  assert.equal(otherEnd('in.if'), 'out.if')
  assert.equal(otherEnd('outer.src.ip'), 'outer.dst.ip')
  assert.equal(otherEnd('dst.nat.port'), 'src.nat.port')
  for (const name of ['exporter', 'proto', 'ip', 'client.ip', 'server.port', 'service'] as const)
    assert.equal(otherEnd(name), name)
})

describe('ends swapped', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-swapped-'))
  let store: DuckStore

  before(async () => {
    store = await openStore(folder)
    await keep(
      store,
      flows.map(([source, destination, input, output, bytes]) => ({
        start: NOON,
        end: NOON,
        received: NOON,
        exporter: '192.0.2.1',
        'src.ip': source,
        'dst.ip': destination,
        'in.if': input,
        'out.if': output,
        bytes,
        packets: 1,
        'sampling.rate': 1,
      })),
    )
  })
  after(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const query = (body: object): Promise<Answer> =>
    ask(
      queryBody.parse({ from: NOON, to: NOON + HOUR, measures: ['bytes'], swapped: true, ...body }),
      { names: REGISTERED, answerer: answererOf(store) },
      new AbortController().signal,
    )

  it('what a host sent, and what it got', async () => {
    const answer = await query({ filter: `src.ip:${HOST}`, interval: '1h' })
    assert.deepEqual(
      answer.columns.map(({ name, unit }) => [name, unit]),
      [
        ['time', undefined],
        ['bytes', 'B'],
        ['bytes.swapped', 'B'],
      ],
    )
    assert.deepEqual(answer.rows, [[NOON, 150, 9007]])
    assert.deepEqual(answer.meta.swapped?.totals, { bytes: 9007, packets: 2, flows: 2 })
  })

  it('by peer, the rest of both ways in Other', async () => {
    const { rows } = await query({ filter: `src.ip:${HOST}`, groupBy: ['dst.ip'], limit: 1 })
    assert.deepEqual(rows, [
      ['198.51.100.1', 100, 9000],
      [null, 50, 7],
    ])
  })

  it('what came in at an interface, and what went out; whom it was unique of is swapped too', async () => {
    const { rows } = await query({ groupBy: ['in.if'], measures: ['bytes', 'unique(src.ip)'] })
    assert.deepEqual(rows, [
      [1, 1_000_150, 9007, 2, 1],
      [2, 9007, 1_000_150, 2, 2],
    ])
  })

  it('refuses where it changes nothing, and what does not go with it', async () => {
    const refusals: [object, RegExp][] = [
      [{ filter: `ip:${HOST}` }, /changes nothing here; name a side/],
      [{ filter: `src.ip:${HOST}`, compare: '-1d' }, /goes without compare/],
      [{ filter: `src.ip:${HOST}`, interval: ['1m', '1h'] }, /goes with one interval/],
    ]
    for (const [body, message] of refusals)
      await assert.rejects(query(body), { code: 'badRequest', message }, JSON.stringify(body))
  })
})
