import assert from 'node:assert/strict'
import test from 'node:test'
import { netflowStatus } from '../../../../src/server/intake/decoders/netflow-status.ts'
import type { Exporter } from '../../../../src/server/intake/exporter.ts'
import { collect } from '../../../support/rows.ts'
import {
  SENT_MS,
  UPTIME_MS,
  ip4,
  options9,
  set,
  template,
  u16,
  u32,
  u8,
  version9,
  type Octets,
} from '../../../support/wire.ts'

const ROUTER = '198.51.100.1'
const FLOW = template(256, [8, 4], [12, 4], [1, 4], [2, 4])
const flow = (source: string, bytes = 100): Octets => [...ip4(source), ...ip4('192.0.2.1'), ...u32(bytes), ...u32(1)]

function listen(...options: Parameters<typeof collect>) {
  const { pipeline, counters, flush } = collect(...options)
  return {
    counters,
    exporters: pipeline.exporters,
    flush,
    send: (datagram: Uint8Array, from = ROUTER, receivedMs = SENT_MS) => pipeline.receive(datagram, from, receivedMs),
    exporter: () => [...pipeline.exporters][0] as Exporter,
    sources: () => flush().map((row) => row['src.ip']),
  }
}

test('template and data in one datagram', () => {
  const { send, flush, counters, exporter } = listen()
  send(version9([set(0, FLOW), set(256, flow('10.0.0.1'), flow('10.0.0.2', 200))]))
  assert.deepEqual(
    flush().map((row) => [row['src.ip'], row['dst.ip'], row.bytes, row.packets, row.domain, row['source.type']]),
    [
      ['10.0.0.1', '192.0.2.1', 100, 1, 1, 'netflow9'],
      ['10.0.0.2', '192.0.2.1', 200, 1, 1, 'netflow9'],
    ],
  )
  assert.deepEqual(
    [counters.get('records'), counters.get('flows'), counters.get('templates'), exporter().records, exporter().flows],
    [2, 2, 1, 2, 2],
  )
})

test('several templates in one set, and several sets of each', () => {
  const { send, flush } = listen()
  send(
    version9([
      set(0, FLOW, template(257, [27, 16])),
      set(256, flow('10.0.0.1')),
      set(257, ip6(1)),
      set(256, flow('10.0.0.2')),
      set(257, ip6(2)),
    ]),
  )
  assert.deepEqual(
    flush().map((row) => row['src.ip']),
    ['10.0.0.1', '2001:db8::1', '10.0.0.2', '2001:db8::2'],
  )
})

test('a datagram that mixes a known and an unknown template gives the known one (whole datagrams were dropped elsewhere)', () => {
  const { send, sources, counters } = listen()
  send(version9([set(0, FLOW)]))
  send(version9([set(300, [1, 2, 3, 4]), set(256, flow('10.0.0.1'))]))
  assert.deepEqual(sources(), ['10.0.0.1'])
  assert.equal(counters.get('waitingSets'), 1)
})

test('data before its template waits and is read with the times of its own message', () => {
  const { send, flush, counters } = listen()
  send(version9([set(256, [...u32(UPTIME_MS - 10)])], { seconds: SENT_MS / 1000 - 60 }))
  assert.deepEqual([flush().length, counters.get('waitingSets')], [0, 1])
  send(version9([set(0, template(256, [21, 4]))], { uptime: UPTIME_MS + 60_000 }), ROUTER, SENT_MS + 5)
  assert.deepEqual(
    flush().map((row) => [row.end, row.received]),
    [[SENT_MS - 60_000 - 10, SENT_MS]],
  )
  assert.deepEqual([counters.get('waitingSets'), counters.losses()], [0, {}])
})

test('the waiting room is bounded over all exporters: the oldest of who takes up the most goes, as a named loss of its exporter', () => {
  const { send, sources, counters, exporters } = listen({ limits: { waitingSets: 2 } })
  send(version9([set(256, flow('10.0.0.1'))]), ROUTER)
  send(version9([set(256, flow('10.0.0.2'))]), '198.51.100.2')
  send(version9([set(256, flow('10.0.0.3'))]), '198.51.100.2')
  assert.deepEqual(
    Array.from(exporters, ({ address, lost }) => [address, lost]),
    [
      [ROUTER, {}],
      ['198.51.100.2', { 'decode.templateUnknown': 1 }],
    ],
  )
  send(version9([set(0, FLOW)]), ROUTER)
  send(version9([set(0, FLOW)]), '198.51.100.2')
  assert.deepEqual([sources(), counters.losses()], [['10.0.0.1', '10.0.0.3'], { 'decode.templateUnknown': 1 }])
})

test('what has waited for ten minutes is given up', () => {
  const { send, sources, counters } = listen()
  send(version9([set(256, flow('10.0.0.1'))]))
  send(version9([set(0, FLOW)], { domain: 2 }), ROUTER, SENT_MS + 600_000)
  assert.deepEqual([counters.get('waitingSets'), counters.losses()], [0, { 'decode.templateUnknown': 1 }])
  send(version9([set(0, FLOW)]), ROUTER, SENT_MS + 600_001)
  assert.deepEqual(sources(), [])
})

test('templates are known by exporter and domain, and not by port', () => {
  const { send, sources } = listen()
  send(version9([set(0, FLOW)]))
  send(version9([set(0, template(256, [12, 4], [8, 4], [1, 4], [2, 4]))], { domain: 2 }))
  send(version9([set(0, template(256, [12, 4], [8, 4], [1, 4], [2, 4]))]), '198.51.100.2')
  send(version9([set(256, flow('10.0.0.1'))]))
  send(version9([set(256, flow('10.0.0.2'))], { domain: 2 }))
  send(version9([set(256, flow('10.0.0.3'))]), '198.51.100.2')
  assert.deepEqual(sources(), ['10.0.0.1', '192.0.2.1', '192.0.2.1'])
})

test('a template that is defined anew holds from then on; the same again changes nothing', () => {
  const { send, sources, counters } = listen()
  send(version9([set(0, FLOW), set(256, flow('10.0.0.1'))]))
  send(version9([set(0, FLOW), set(256, flow('10.0.0.2'))]))
  assert.equal(counters.get('templates'), 1)
  send(version9([set(0, template(256, [12, 4], [8, 4])), set(256, ip4('10.0.0.3'), ip4('10.0.0.4'))]))
  assert.deepEqual([sources(), counters.get('templates')], [['10.0.0.1', '10.0.0.2', '10.0.0.4'], 2])
})

test('one unknown element does not discard the template (VyOS gave its users nothing that way)', () => {
  const { send, flush, exporter } = listen()
  send(
    version9([
      set(0, template(256, [8, 4], [65001, 6], [1, 4])),
      set(256, ip4('10.0.0.1'), [1, 2, 3, 4, 5, 6], u32(700)),
    ]),
  )
  const [row] = flush()
  assert.deepEqual([row?.['src.ip'], row?.bytes], ['10.0.0.1', 700])
  netflowStatus(exporter())
  assert.deepEqual([...exporter().unknownElements], [['65001', 1]])
})

test('the count in the header is not believed', () => {
  const { send, sources } = listen()
  const datagram = version9([set(0, FLOW), set(256, flow('10.0.0.1'), flow('10.0.0.2'), flow('10.0.0.3'))])
  for (const count of [0, 1, 65535]) {
    datagram.set(u16(count), 2)
    send(datagram)
  }
  assert.equal(sources().length, 9)
})

test('padding may hold anything', () => {
  const { send, sources, counters } = listen()
  send(version9([set(0, FLOW, [0xde, 0xad]), set(256, flow('10.0.0.1'), [0xff, 0xfe, 0xfd])]))
  assert.deepEqual([sources(), counters.losses()], [['10.0.0.1'], {}])
})

test('zeros after the last set are no set', () => {
  const { send, sources, counters } = listen()
  send(version9([set(0, FLOW), set(256, flow('10.0.0.1')), [0, 0, 0, 0, 0, 0, 0, 0]]))
  assert.deepEqual([sources(), counters.losses()], [['10.0.0.1'], {}])
})

test('a set longer than the datagram: what is there is read, and the rest is a named loss', () => {
  const { send, sources, counters } = listen()
  const datagram = version9([set(0, FLOW), set(256, flow('10.0.0.1'), flow('10.0.0.2'))])
  send(datagram.subarray(0, -1))
  assert.deepEqual([sources(), counters.losses()], [['10.0.0.1'], { 'decode.short': 1 }])
})

test('a set shorter than its own header ends the datagram', () => {
  const { send, sources, counters } = listen()
  send(version9([set(0, FLOW), set(256, flow('10.0.0.1')), [...u16(256), ...u16(3)], set(256, flow('10.0.0.2'))]))
  assert.deepEqual([sources(), counters.losses()], [['10.0.0.1'], { 'decode.short': 1 }])
})

test('templates that cannot be true are named losses and cost nothing else', () => {
  const { send, sources, counters } = listen()
  const longer = [...u16(257), ...u16(200), ...u16(8), ...u16(4)]
  send(
    version9([
      set(0, template(256)),
      set(0, template(258, [8, 0])),
      set(0, longer),
      set(0, template(255, [8, 4])),
      set(0, FLOW),
      set(256, flow('10.0.0.1')),
    ]),
  )
  assert.deepEqual([sources(), counters.losses()], [['10.0.0.1'], { 'decode.badTemplate': 4 }])
})

test('fields of no length are not there', () => {
  const { send, flush } = listen()
  send(version9([set(0, template(256, [8, 4], [10, 0], [1, 4])), set(256, ip4('10.0.0.1'), u32(5))]))
  const [row] = flush()
  assert.deepEqual([row?.['in.if'], row?.bytes], [undefined, 5])
})

test('templates are bounded per exporter; one that is not kept leaves the others alone', () => {
  const { send, sources, counters } = listen({ limits: { templatesPerExporter: 2 } })
  send(
    version9([
      set(0, FLOW, template(257, [27, 16]), template(258, [12, 4])),
      set(256, flow('10.0.0.1')),
      set(258, ip4('10.0.0.9')),
    ]),
  )
  assert.deepEqual([sources(), counters.losses()], [['10.0.0.1'], { 'decode.templatesFull': 1 }])
})

test('templates that were not heard of for an hour make room', () => {
  const { send, sources, counters } = listen({ limits: { templatesPerExporter: 1 } })
  send(version9([set(0, template(300, [8, 4]))]))
  send(version9([set(0, FLOW), set(256, flow('10.0.0.1'))]), ROUTER, SENT_MS + 3_700_000)
  assert.deepEqual([sources(), counters.losses()], [['10.0.0.1'], {}])
})

test('domains are bounded per exporter', () => {
  const { send, sources, counters } = listen({ limits: { templatesPerExporter: 2 } })
  for (const domain of [1, 2, 3])
    send(version9([set(0, template(256, [8, 4])), set(256, ip4(`10.0.0.${domain}`))], { domain }))
  assert.deepEqual([sources(), counters.losses()], [['10.0.0.1', '10.0.0.2'], { 'decode.templatesFull': 1 }])
})

test('option records are no flows, whatever their scopes, one of no length among them (Juniper SRX)', () => {
  const { send, flush, counters, exporter } = listen()
  send(
    version9([
      set(
        1,
        options9(
          256,
          [[1, 0]],
          [
            [34, 4],
            [36, 2],
          ],
        ),
        [0, 0],
      ),
      set(256, [...u32(1), ...u16(60)], [...u32(1), ...u16(60)]),
    ]),
  )
  assert.deepEqual(
    [flush().length, counters.get('options'), exporter().options, counters.get('records'), counters.losses()],
    [0, 2, 2, 0, {}],
  )
})

test('packets missing by sequence number, which counts packets', () => {
  const { send, exporter } = listen()
  for (const sequence of [10, 11, 15, 16]) send(version9([set(0, FLOW)], { sequence }))
  for (const sequence of [0, 1]) send(version9([set(0, FLOW)], { sequence, uptime: 1000 }))
  assert.deepEqual(exporter().sequence, { unit: 'packets', missing: 3, resets: 1, reordered: 0, duplicates: 0 })
})

test('an uptime of more than 25 days is no restart, nor is one that wraps', () => {
  const { send, exporter } = listen()
  for (const [sequence, uptime] of [0xffff_fff0, 0x10, 0x20].entries())
    send(version9([set(0, FLOW)], { sequence, uptime }))
  assert.deepEqual(exporter().sequence, { unit: 'packets', missing: 0, resets: 0, reordered: 0, duplicates: 0 })
})

test("how far the exporter's clock is off", () => {
  const { send, exporter } = listen()
  send(version9([set(0, FLOW)]), ROUTER, SENT_MS + 90_000)
  assert.equal(exporter().clockOffsetMs, -90_000)
})

test('what Health says of an exporter', () => {
  const { send, exporter } = listen()
  send(
    version9([
      set(0, template(256, [8, 4], [94, 4])),
      set(
        1,
        options9(
          257,
          [[2, 4]],
          [
            [48, 1],
            [50, 4],
          ],
        ),
      ),
      set(256, ip4('10.0.0.1'), u32(1)),
      set(257, u32(3), u8(7), u32(100)),
    ]),
  )
  const { templates, sampling } = netflowStatus(exporter())
  const common = { domain: 1, protocol: 'netflow9', lastSeen: SENT_MS, records: 1 }
  assert.deepEqual(templates, [
    {
      ...common,
      id: 256,
      options: false,
      fields: [
        { element: '8', name: 'sourceIPv4Address', length: 4, known: true },
        { element: '94', name: 'applicationDescription', length: 4, known: false },
      ],
    },
    {
      ...common,
      id: 257,
      options: true,
      fields: [
        { element: '2', name: 'Interface', length: 4, known: true },
        { element: '48', name: 'samplerId', length: 1, known: true },
        { element: '50', name: 'samplerRandomInterval', length: 4, known: true },
      ],
    },
  ])
  assert.deepEqual(sampling, [{ domain: 1, sampler: '7', rate: 100, source: 'sampler' }])
})

function ip6(last: number): Octets {
  return [0x20, 0x01, 0x0d, 0xb8, ...Array<number>(11).fill(0), last]
}
