/** Several exporters behind one address are noticed and told apart by source port; one exporter with several ports is not. */
import assert from 'node:assert/strict'
import { createReadStream } from 'node:fs'
import test from 'node:test'
import { Template } from '../../../src/server/intake/decoders/template.ts'
import type { Exporter } from '../../../src/server/intake/exporter.ts'
import { Journal } from '../../../src/server/intake/journal.ts'
import { Ports } from '../../../src/server/intake/ports.ts'
import { readCapture, type Datagram } from '../../../src/server/intake/sources/pcap.ts'
import { totalsOf } from '../../../src/server/intake/totals.ts'
import { collect, type Row } from '../../support/rows.ts'
import { SENT_MS, ip4, options9, set, template, u32, version10, version9 } from '../../support/wire.ts'

const GATEWAY = '198.51.100.1'

function listen(...options: Parameters<typeof collect>) {
  const { pipeline, flush, rows, counters } = collect(...options)
  const numbers = new Map<number, number>()
  return {
    counters,
    exporter: () => [...pipeline.exporters][0] as Exporter,
    /** A v9 packet with those sets, from a port that counts by itself, or with the number that is given. */
    send: (port: number, sets: readonly (readonly number[])[], sequence = numbers.get(port) ?? port * 100_000) => {
      numbers.set(port, sequence + 1)
      pipeline.receive(version9(sets, { sequence }), GATEWAY, SENT_MS, port)
    },
    receive: (bytes: Uint8Array, port: number) => pipeline.receive(bytes, GATEWAY, SENT_MS, port),
    flows: () => {
      flush()
      return rows.splice(0).map((row) => row['src.ip'] ?? `to ${String(row['dst.ip'])}`)
    },
  }
}

const SOURCES = set(0, template(256, [8, 4]))
const TARGETS = set(0, template(256, [12, 4]))
const data = (n: number) => set(256, ip4(`10.0.0.${n}`))

test('exporters that redefine one another’s template are told apart before any flow is misread', () => {
  const { send, flows, exporter, counters } = listen()
  send(1, [SOURCES, data(1)])
  send(2, [TARGETS, data(2)])
  send(1, [data(3)])
  send(2, [data(4)])
  send(1, [data(5)])
  assert.deepEqual(flows(), ['10.0.0.1', 'to 10.0.0.2', '10.0.0.3', 'to 10.0.0.4', '10.0.0.5'])
  assert.deepEqual(exporter().netflow.ports, [1, 2])
  assert.deepEqual(counters.losses(), {})
  // The first step to the other port looked like a restart.
  assert.deepEqual(exporter().sequence, { unit: 'packets', missing: 0, resets: 1, reordered: 0, duplicates: 0 })
  assert.equal(totalsOf(exporter().shared).domains, 2)
})

test('exporters with the same templates and numbers of their own are told apart after a few packets', () => {
  const { send, flows, exporter } = listen()
  for (const port of [1, 2]) send(port, [SOURCES])
  for (let n = 0; n < 5; n++) for (const port of [1, 2]) send(port, [data(port)])
  assert.equal(flows().length, 10)
  assert.deepEqual(exporter().netflow.ports, [1, 2])
  const before = { ...exporter().sequence }
  for (let n = 0; n < 50; n++) for (const port of [1, 2]) send(port, [data(port)])
  assert.deepEqual(exporter().sequence, before)
})

test('an exporter that restarts with another port and other templates is one exporter', () => {
  const { send, flows, exporter } = listen()
  for (let n = 0; n < 10; n++) send(40_001, [SOURCES, data(n)], 1000 + n)
  for (let n = 0; n < 10; n++) send(40_002, [TARGETS, data(n)], n)
  for (let n = 0; n < 10; n++) send(40_003, [SOURCES, data(n)], n)
  assert.equal(flows().length, 30)
  assert.equal(exporter().netflow.isShared, false)
})

test('an exporter that uses several ports in turn is one exporter, also where its templates change', () => {
  const { send, flows, exporter } = listen()
  let sequence = 0
  for (let n = 0; n < 30; n++) send(1 + (n % 3), [SOURCES, data(n)], sequence++)
  for (let n = 0; n < 30; n++) send(1 + (n % 3), [...(n % 10 === 0 ? [TARGETS] : []), data(n)], sequence++)
  assert.equal(flows().length, 60)
  assert.deepEqual([exporter().netflow.isShared, exporter().sequence.missing], [false, 0])
})

test('once told apart, the rate of one exporter is no other’s', () => {
  const { send, exporter } = listen()
  const rate = [set(1, options9(300, [[1, 4]], [[34, 4]])), set(300, [...u32(0), ...u32(100)])]
  send(1, [SOURCES, ...rate])
  for (const port of [2, 1]) send(port, [port === 1 ? SOURCES : TARGETS])
  const rates = Object.fromEntries(Array.from(exporter().netflow.domains(), ({ port, toldRate }) => [port, toldRate]))
  assert.deepEqual(rates, { 1: 100, 2: 0 })
})

test('once told apart, a new port starts with nothing, and waits for its template', () => {
  const { send, flows } = listen()
  for (const port of [1, 2, 1]) send(port, [port === 1 ? SOURCES : TARGETS, data(port)])
  flows()
  send(3, [data(3)])
  assert.deepEqual(flows(), [])
  send(3, [TARGETS])
  assert.deepEqual(flows(), ['to 10.0.0.3'])
})

test('IPFIX counts records: exporters behind one address are told apart by them', () => {
  const { receive, flows, exporter } = listen()
  const message = (port: number, sequence: number, sets: readonly (readonly number[])[]) =>
    receive(version10(sets, { sequence: port * 1_000_000 + sequence }), port)
  message(1, 0, [set(2, template(256, [8, 4])), set(256, ip4('10.0.0.1'), ip4('10.0.0.1'))])
  message(2, 0, [set(2, template(256, [8, 4], [12, 4])), set(256, ip4('10.0.0.2'), u32(0))])
  message(1, 2, [set(256, ip4('10.0.0.1'))])
  assert.deepEqual(flows(), ['10.0.0.1', '10.0.0.1', '10.0.0.2', '10.0.0.1'])
  assert.deepEqual(exporter().netflow.ports, [1, 2])
})

test('what is told apart stays within the limits of one exporter', () => {
  const { send, exporter } = listen({ limits: { templatesPerExporter: 4 } })
  const three = [256, 257, 258].map((id) => set(0, template(id, [8, 4])))
  send(1, three)
  for (const port of [2, 1]) send(port, port === 2 ? [TARGETS] : [data(1)])
  assert.deepEqual(exporter().netflow.ports, [1, 2])
  assert.equal(totalsOf(exporter().shared).templates, 4)
})

test('ports of a domain are bounded', () => {
  const ports = new Ports()
  for (let port = 1; port < 1000; port++) ports.moved(port - 1, port, port, port, SENT_MS)
  assert.equal(ports.others().length, 15)
})

test('softflowd and pmacct behind one address: each flow is as if they had addresses of their own', async () => {
  for (const version of ['v9', 'ipfix']) {
    const both = [await recorded(`softflowd-${version}`), await recorded(`pmacct-${version}`)] as const
    const { pipeline, counters, flush } = collect()
    const receive = (datagram: Datagram | undefined, port: number) =>
      datagram && pipeline.receive(datagram.payload, GATEWAY, datagram.timeMs, port)
    for (let n = 0; n < Math.max(both[0].length, both[1].length); n++)
      both.forEach((sent, i) => receive(sent[n], i + 1))
    assert.deepEqual(sorted(flush()), sorted(both.flatMap(alone)))
    assert.deepEqual(counters.losses(), {})
    assert.deepEqual([...pipeline.exporters][0]?.netflow.ports, [1, 2])
  }
})

async function recorded(name: string): Promise<Datagram[]> {
  const file = new URL(`../../fixtures/${name}.pcap`, import.meta.url)
  const datagrams: Datagram[] = []
  for await (const datagram of readCapture(createReadStream(file))) datagrams.push(datagram)
  return datagrams
}

function alone(datagrams: readonly Datagram[]): Row[] {
  const { pipeline, flush } = collect()
  for (const { payload, timeMs } of datagrams) pipeline.receive(payload, GATEWAY, timeMs, 1)
  return flush()
}

/** Without the sampling, which one exporter has announced: until it is told apart, it seems to hold for both. */
function sorted(rows: readonly Row[]): string[] {
  return rows.map(({ 'sampling.rate': _rate, 'sampling.source': _source, ...row }) => JSON.stringify(row)).toSorted()
}

test('that they are told apart is said in the log, once', () => {
  const { send, exporter, counters } = listen()
  for (const port of [1, 2, 1]) send(port, [port === 1 ? SOURCES : TARGETS])
  const lines: string[] = []
  const journal = new Journal(counters, (level, message) => lines.push(`${level} ${message}`))
  for (let s = 0; s < 3; s++) journal.tick(SENT_MS + 1000 * s, [exporter()])
  assert.deepEqual(lines, [
    'warn several exporters send from 198.51.100.1 (ports 1, 2): they are told apart by source port from now on',
    'info new exporter 198.51.100.1 sends netflow9',
  ])
})

test('templates that another port has told otherwise were kept whatever their length', () => {
  const ports = new Ports()
  const fields = Array.from({ length: 400 }, () => ({ enterprise: 0, id: 8, length: 4 }))
  const ids = [256, 257, 258]
  for (const id of ids) ports.displace(new Template('netflow9', id, -1, fields, 'x'.repeat(1600), SENT_MS))
  assert.deepEqual(
    ids.filter((id) => ports.templateOf(0, id)),
    [258],
  )
  ports.displace(new Template('netflow9', 259, -1, [...fields, ...fields], 'x'.repeat(3200), SENT_MS))
  assert.equal(ports.templateOf(0, 259), undefined)
})
