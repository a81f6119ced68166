/** What an exporter tells holds within its transport session. */
import assert from 'node:assert/strict'
import test from 'node:test'
import type { Exporter } from '../../../src/server/intake/exporter.ts'
import { Session } from '../../../src/server/intake/session.ts'
import { totalsOf } from '../../../src/server/intake/totals.ts'
import { collect } from '../../support/rows.ts'
import { SENT_MS, ip4, set, template, version10 } from '../../support/wire.ts'

const ROUTER = '198.51.100.1'
const SOURCE = version10([set(2, template(256, [8, 4]))])
const TARGET = version10([set(2, template(256, [12, 4]))])
const DATA = version10([set(256, ip4('10.0.0.1'))])

function listen() {
  const { pipeline, counters, flush, rows } = collect()
  return {
    pipeline,
    counters,
    exporter: () => [...pipeline.exporters][0] as Exporter,
    over: (session: Session, bytes: Uint8Array) => pipeline.receive(bytes, ROUTER, SENT_MS, session.port, session),
    fields: () => {
      flush()
      return rows.splice(0).map((row) => ('src.ip' in row ? 'src' : 'dst.ip' in row ? 'dst' : ''))
    },
  }
}

test('each connection has templates of its own, and datagrams of the same address have theirs', () => {
  const { pipeline, over, fields } = listen()
  const first = new Session(1001, true)
  const second = new Session(1002, true)
  over(first, SOURCE)
  over(second, TARGET)
  over(first, DATA)
  over(second, DATA)
  assert.deepEqual(fields(), ['src', 'dst'])
  pipeline.receive(DATA, ROUTER, SENT_MS, 1001)
  assert.deepEqual(fields(), [])
  pipeline.receive(TARGET, ROUTER, SENT_MS, 1001)
  assert.deepEqual(fields(), ['dst'])
})

test('a connection takes its templates with it, and what waits for others is lost by name', () => {
  const { pipeline, counters, over, fields, exporter } = listen()
  const session = new Session(1001, true)
  over(session, SOURCE)
  over(session, version10([set(300, ip4('10.0.0.1'))]))
  pipeline.end(session)
  const { templates, domains } = totalsOf(exporter().shared)
  assert.deepEqual([templates, domains, counters.get('waitingSets')], [0, 0, 0])
  assert.deepEqual(counters.losses(), { 'decode.templateUnknown': 1 })
  over(new Session(1001, true), DATA)
  assert.deepEqual(fields(), [])
})

test('a connection that said nothing ends too', () => {
  const { pipeline } = listen()
  pipeline.end(new Session(1001, true))
})

test('a restarted exporter with another source port is no stranger', () => {
  const { pipeline, fields } = listen()
  pipeline.receive(SOURCE, ROUTER, SENT_MS, 40_001)
  pipeline.receive(DATA, ROUTER, SENT_MS, 40_002)
  assert.deepEqual(fields(), ['src'])
})
