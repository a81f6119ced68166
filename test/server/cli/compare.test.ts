/** weir compare, against a real server. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { AnswerOf } from '../../../src/shared/api/contract.ts'
import { netflow5Flows } from '../../support/flows.ts'
import { startServer, until, type TestServer } from '../../support/server.ts'
import { cellsOf, weir } from '../../support/weir.ts'

const HOUR = 3_600_000

let server: TestServer

describe('weir compare', () => {
  before(async () => {
    server = await startServer()
    // Now three hosts with a flow each, and 10.0.0.1 once more; an hour ago only the first of them.
    await server.send(netflow5Flows(3), netflow5Flows(1), netflow5Flows(1, HOUR))
    await until('the flows are stored', async () => (await server.call('health')).store.flows === 5)
  })
  after(() => server.stop())

  const run = (...args: readonly string[]) =>
    weir('compare', '--last', '10m', '--against', '-1h', '--server', server.http, ...args)

  it('a table: what was, what is, how much more, with bars', async () => {
    const { code, out, error } = await run('src.ip', '--limit', '2')
    assert.equal(code, 0, error)
    assert.deepEqual(cellsOf(out).slice(0, 4), [
      ['Value', 'Before', 'Now', 'Difference', 'Change', 'Share'],
      ['src.ip:10.0.0.2', '0 B', '1.00 kB', '+1.00 kB', 'new', '0.0 % → 25.0 %', '████████████'],
      ['src.ip:10.0.0.3', '0 B', '1.00 kB', '+1.00 kB', 'new', '0.0 % → 25.0 %', '████████████'],
      ['Total', '1.00 kB', '4.00 kB', '+3.00 kB', '+300.0 %'],
    ])
    assert.match(error, / UTC against /)
  })

  it('JSON is the answer of the API, CSV its rows', async () => {
    const { out } = await run('src.ip', '--by', 'flows', '--format', 'json')
    const answer = JSON.parse(out) as AnswerOf<'compare'>
    assert.deepEqual(answer.total, { now: 4, before: 1, difference: 3, change: 3 })
    const csv = (await run('src.ip', '--by', 'flows', '--format', 'csv')).out.trimEnd().split('\r\n')
    assert.equal(csv[0], 'filter,now,before,difference,share,change,score')
    assert.deepEqual(csv[1]?.split(',').slice(0, 4), ['src.ip:10.0.0.2', '1', '0', '1'])
  })

  it('says what to write where nothing was kept to compare with', async () => {
    const { code, error } = await weir('compare', '--last', '10m', '--server', server.http)
    assert.equal(code, 2)
    assert.match(error, /usual needs flows/)
  })
})

describe('weir top --compare', () => {
  before(async () => {
    server = await startServer()
    await server.send(netflow5Flows(3), netflow5Flows(1), netflow5Flows(1, HOUR))
    await until('the flows are stored', async () => (await server.call('health')).store.flows === 5)
  })
  after(() => server.stop())

  it('has what was before and the change beside each measure', async () => {
    const args = ['--show', 'bytes', '--last', '10m', '--compare', '-1h', '--limit', '1', '--server', server.http]
    const { code, out, error } = await weir('top', 'src.ip', ...args)
    assert.equal(code, 0, error)
    assert.deepEqual(cellsOf(out), [
      ['Source address', 'Bytes', 'Before', 'Change', 'Share'],
      ['10.0.0.1', '2.00 kB', '1.00 kB', '100 %', '50.0 %'],
      ['Other (2 more)', '2.00 kB', '0 B', '–', '50.0 %'],
      ['Total', '4.00 kB', '1.00 kB', '300 %', '100.0 %'],
    ])
  })
})
