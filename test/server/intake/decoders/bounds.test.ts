/** What exporters can make Weir keep is bounded over all of them, and given back. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { CONFIG } from '../../../../src/server/config/schema.ts'
import type { Exporter } from '../../../../src/server/intake/exporter.ts'
import { totalsOf } from '../../../../src/server/intake/totals.ts'
import { collect } from '../../../support/rows.ts'
import { SENT_MS, ip4, options9, set, template, u16, u32, version10, version9 } from '../../../support/wire.ts'

const HOUR_MS = 3_600_000
const router = (n: number) => `198.51.${n >> 8}.${n & 255}`

function listen(...options: Parameters<typeof collect>) {
  const { pipeline, counters, flush } = collect(...options)
  return {
    counters,
    sources: () => flush().map((row) => row['src.ip']),
    send: (from: number, datagram: Uint8Array, atMs = SENT_MS) => pipeline.receive(datagram, router(from), atMs),
    exporters: () => [...pipeline.exporters],
    totals: () => {
      const { templates, fields, domains, options: rates } = totalsOf(([...pipeline.exporters][0] as Exporter).shared)
      return { templates, fields, domains, options: rates }
    },
  }
}

const one = (id: number) => version9([set(0, template(id, [8, 4]))])
const RATES = set(1, options9(300, [[2, 4]], [[34, 4]]))
const rate = (...ids: number[]) => version9([RATES, set(300, ...ids.map((id) => [...u32(id), ...u32(100)]))])

test('templates of many exporters are bounded in all, not only for each', () => {
  const { send, counters, totals } = listen({ limits: { templates: 5 } })
  for (let n = 0; n < 4; n++) for (let id = 256; id < 258; id++) send(n, one(id))
  assert.deepEqual(totals(), { templates: 5, fields: 5, domains: 4, options: 0 })
  assert.deepEqual(counters.losses(), { 'decode.templatesFull': 3 })
  // One that is known stays, and may change.
  send(0, version9([set(0, template(256, [12, 4]))]))
  assert.deepEqual(counters.losses(), { 'decode.templatesFull': 3 })
})

test('fields of all templates are bounded in all', () => {
  const { send, counters, totals } = listen({ limits: { templates: 4 } })
  const long = Array.from({ length: 100 }, (_, i): [number, number] => [i + 1, 4])
  for (let n = 0; n < 2; n++) send(n, version9([set(0, template(256, ...long))]))
  assert.deepEqual([totals().fields, counters.losses()], [100, { 'decode.templatesFull': 1 }])
})

test('observation domains of many exporters are bounded in all', () => {
  const { send, counters, totals } = listen({ limits: { templates: 5 } })
  for (let n = 0; n < 4; n++) for (let domain = 0; domain < 2; domain++) send(n, version9([], { domain }))
  assert.deepEqual([totals().domains, counters.losses()], [5, { 'decode.templatesFull': 3 }])
})

test('samplers and interfaces of many exporters are bounded in all', () => {
  const { send, counters, totals } = listen({ limits: { options: 3 } })
  send(0, rate(1, 2))
  send(1, rate(1, 2))
  assert.deepEqual([totals().options, counters.losses()], [3, { 'decode.optionsFull': 1 }])
})

test('sets that wait are bounded in bytes, the oldest go', () => {
  const { send, sources, counters } = listen({ limits: { waitingBytes: 65_536 } })
  for (let n = 1; n <= 4; n++) send(n, version9([set(256, ...Array.from({ length: 5000 }, () => ip4(`10.0.0.${n}`)))]))
  assert.deepEqual([counters.get('waitingSets'), counters.losses()], [3, { 'decode.templateUnknown': 1 }])
  for (let n = 1; n <= 4; n++) send(n, one(256))
  assert.deepEqual([...new Set(sources())], ['10.0.0.2', '10.0.0.3', '10.0.0.4'])
  for (let n = 1; n <= 4; n++) send(n, version9([set(257, ...Array.from({ length: 5000 }, () => ip4('10.0.0.9')))]))
  assert.equal(counters.get('waitingSets'), 3)
})

test('what is withdrawn is given back to all', () => {
  const { send, counters, totals } = listen({ limits: { templates: 1 } })
  send(0, version10([set(2, template(256, [8, 4]))]))
  send(0, version10([set(2, [...u16(256), ...u16(0)])]))
  assert.equal(totals().templates, 0)
  send(0, version10([set(2, template(257, [8, 4]))]))
  assert.deepEqual([totals().templates, counters.losses()], [1, {}])
})

test('what was not heard of for an hour, of whatever exporter, makes room for others', () => {
  const { send, counters, totals } = listen({ limits: { templates: 2, options: 2 } })
  send(0, rate(1, 2))
  send(1, one(256), SENT_MS + HOUR_MS + 1000)
  send(2, rate(7), SENT_MS + HOUR_MS + 1000)
  assert.deepEqual(counters.losses(), {})
  assert.deepEqual(totals(), { templates: 2, fields: 3, domains: 2, options: 1 })
})

test('an exporter that is forgotten gives back all that it took up', () => {
  const { send, exporters, totals } = listen({ limits: { exporters: 1 } })
  send(0, rate(1, 2))
  send(1, one(256), SENT_MS + HOUR_MS + 1000)
  assert.deepEqual(
    exporters().map(({ address }) => address),
    [router(1)],
  )
  assert.deepEqual(totals(), { templates: 1, fields: 1, domains: 1, options: 0 })
})

test('a domain that one protocol has forgotten is still listed where another uses its number', () => {
  const { send, exporters } = listen({ limits: { templatesPerExporter: 2 } })
  send(0, version9([], { domain: 7 }))
  send(0, version10([], { domain: 7 }), SENT_MS + HOUR_MS)
  send(0, version10([], { domain: 8 }), SENT_MS + HOUR_MS + 1000)
  assert.deepEqual([...(exporters()[0]?.domains ?? [])], [7, 8])
})

test('a site of 10,000 exporters with five usual templates each fits the defaults', () => {
  const { limits } = CONFIG.parse({})
  assert.ok(limits.templates >= 10_000 * 5)
  assert.ok(limits.templates * 32 >= 10_000 * 5 * 20)
})
