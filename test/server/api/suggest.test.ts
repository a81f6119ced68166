/** Completion, asked of a real server over what a store holds. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { BodyOf } from '../../../src/shared/api/contract.ts'
import { serviceKey } from '../../../src/server/registry/services.ts'
import type { PlainFlow } from '../../support/batches.ts'
import { startServer, until, type TestServer } from '../../support/server.ts'
import { block, datagram, xdr } from '../../support/sflow-wire.ts'
import { keep, openStore } from '../../support/store.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
const https = serviceKey(6, 443)
const flow = (parts: PlainFlow): PlainFlow => ({
  start: NOON,
  end: NOON,
  received: NOON,
  bytes: 100,
  packets: 1,
  ...parts,
})
const FLOWS: readonly PlainFlow[] = [
  ...Array.from({ length: 3 }, () =>
    flow({ 'src.ip': '10.1.0.7', 'dst.ip': '192.0.2.9', 'dst.port': 443, proto: 6, service: https, app: 'web mail' }),
  ),
  flow({ 'src.ip': '10.2.0.1', 'dst.ip': '10.1.0.7', 'dst.port': 53, proto: 17, service: serviceKey(17, 53) }),
  flow({
    'src.ip': '10.1.0.8',
    'dst.ip': '192.0.2.9',
    'dst.port': 443,
    proto: 17,
    'tcp.flags': 18,
    exporter: '10.0.0.254',
    'in.if': 4,
  }),
]

describe('completion', () => {
  let server: TestServer
  const dataDir = mkdtempSync(join(tmpdir(), 'weir-suggest-'))

  before(async () => {
    const store = await openStore(dataDir)
    await keep(store, FLOWS)
    await store.close()
    server = await startServer({ dataDir })
    const generic = block(1, xdr(4, 6, 0, 1_000_000_000, 1, 3, 0, 5, '00'.repeat(56)))
    await server.send(datagram([block(2, xdr(1, 4, 2, block(1005, xdr(4, '65 74 68 34')), generic))]))
    await until('the exporter is known', async () => (await server.call('exporters')).exporters.length === 1)
  })
  after(async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  /** At the `|`. */
  const ask = (marked: string, more: Partial<BodyOf<'suggest'>> = {}) =>
    server.call('suggest', {
      filter: marked.replace('|', ''),
      cursor: marked.indexOf('|'),
      from: String(NOON - 60_000),
      to: String(NOON + 60_000),
      ...more,
    })
  const values = async (marked: string, more: Partial<BodyOf<'suggest'>> = {}) =>
    (await ask(marked, more)).items.flatMap(({ text, flows }) => (flows === undefined ? [] : [[text, flows]]))

  it('values by how many flows have them', async () => {
    assert.deepEqual(await values('src.ip:|'), [
      ['10.1.0.7', 3],
      ['10.1.0.8', 1],
      ['10.2.0.1', 1],
    ])
    assert.deepEqual(await values('dst.port:|'), [
      ['443', 4],
      ['53', 1],
    ])
  })

  it('values that begin as is typed, in place of it', async () => {
    const answer = await ask('vlan:1 or src.ip:10.1|.9 or proto:6')
    assert.deepEqual([answer.from, answer.to], [17, 23])
    assert.deepEqual(await values('src.ip:10.1|'), [
      ['10.1.0.7', 3],
      ['10.1.0.8', 1],
    ])
    assert.deepEqual(await values('service:htt|'), [['https', 3]])
    assert.deepEqual(await values('proto:ud|'), [['udp', 2]])
    assert.deepEqual(await values('app:"WEB|"'), [['"web mail"', 3]])
    assert.deepEqual(await values('app:x|'), [])
  })

  it('values under the rest of the filter, in the scope and in the range', async () => {
    assert.deepEqual(await values('src.ip:| and proto:udp'), [
      ['10.1.0.8', 1],
      ['10.2.0.1', 1],
    ])
    assert.deepEqual(await values('proto:udp and (vlan:1 or src.ip:|)', { scope: '10.0.0.254' }), [['10.1.0.8', 1]])
    assert.deepEqual(await values('src.ip:|', { from: String(NOON + 1) }), [])
  })

  it('what cannot be read of the rest is left out, and named', async () => {
    const { items, meta } = await ask('nosuch:1 and proto:17 and src.ip:|')
    assert.deepEqual(meta.leftOut, ['nosuch:1'])
    assert.equal(items[0]?.flows, 1)
    assert.deepEqual([meta.flows, meta.matched, meta.complete], [5, 2, true])
  })

  it('values of both sides for a field that means either', async () => {
    assert.deepEqual((await values('ip:10.1.0.7|'))[0], ['10.1.0.7', 4])
  })

  it('values without a field: as the language reads them', async () => {
    assert.deepEqual(await values('10.2.|'), [['ip:10.2.0.1', 1]])
    assert.deepEqual(await values('44|'), [['port:443', 4]])
    assert.deepEqual(await values('http|'), [['service:https', 3]])
  })

  it('names of values where they are known', async () => {
    const { items } = await ask('dst.port:4|')
    assert.deepEqual(items[0], { text: '443', label: '443', kind: 'value', detail: 'https', flows: 4, unit: 'flows' })
  })

  it('flags by their names, then as they are seen together', async () => {
    const { items } = await ask('tcp.flags:|')
    assert.deepEqual(
      items.map(({ label, detail }) => `${label} ${detail}`),
      ['fin', 'syn', 'rst', 'psh', 'ack', 'urg', 'ece', 'cwr']
        .map((flag) => `${flag} is set`)
        .concat('* any value', '18 syn ack'),
    )
    assert.deepEqual(await values('tcp.flags = 1|'), [['18', 1]])
  })

  it('interfaces by their names', async () => {
    for (const typed of ['in.if:|', 'in.if:4|', 'in.if:et|', 'exporter:10.0.0.254 and in.if:ETH|']) {
      const { items } = await ask(typed)
      assert.deepEqual([items[0]?.text, items[0]?.detail, items[0]?.flows], ['4', 'eth4', 1], typed)
    }
  })

  it('fields and words, which need no look at the flows', async () => {
    const { items, meta } = await ask('source.i|')
    assert.equal(items[0]?.text, 'src.ip:')
    assert.equal(meta.field, null)
    assert.deepEqual(
      (await ask('proto:6 |', { limit: 3 })).items.map(({ label }) => label),
      ['and', 'or', 'not'],
    )
  })

  it('without a cursor at the end of what is written; past it, too', async () => {
    const { items } = await server.call('suggest', { filter: 'action:rej' })
    assert.equal(items[0]?.text, 'reject')
    assert.equal((await server.call('suggest', { filter: 'action:rej', cursor: 500 })).items[0]?.text, 'reject')
  })

  it('hostile texts are answered, quickly bounded and without a fault: long, nested, unbalanced, NUL, lone surrogates', async () => {
    const deep = 5000
    const hostile = [
      'x'.repeat(16_000),
      `src.ip:${'1'.repeat(8000)}`,
      '('.repeat(deep),
      ')'.repeat(deep),
      `${'('.repeat(deep)}src.ip:10.1${')'.repeat(deep)}`,
      'not '.repeat(deep / 2),
      `${'src.ip:10.1.0.7 or '.repeat(600)}src.ip:`,
      '"'.repeat(999),
      'app:"\\',
      'app:/((((((((a+)+)+)+)+)+)+)+$/',
      `app:/${'('.repeat(500)}`,
      'app:\u0000',
      '\u0000'.repeat(100),
      'app:\ud800',
      'app:"\udc00\ud800"',
      '\ud83d',
      '@'.repeat(500),
      '\u202esrc.ip:',
      '* '.repeat(1000),
      '10.0.0.0/'.repeat(300),
      'port:1-'.repeat(300),
    ]
    for (const filter of hostile)
      for (const cursor of [0, 1, filter.length >> 1, filter.length]) {
        const query = new URLSearchParams({ filter, cursor: String(cursor), from: '0', to: 'now' })
        const response = await fetch(`${server.http}/api/suggest?${query.toString()}`)
        const text = await response.text()
        const of = `${JSON.stringify(filter.slice(0, 30))} at ${cursor}: ${response.status} ${text.slice(0, 200)}`
        // Node itself answers 431 where an address is longer than it reads.
        assert.ok([200, 400, 431].includes(response.status), of)
        if (response.status === 200) assert.ok((JSON.parse(text) as { items: unknown[] }).items.length <= 50, of)
      }
    assert.doesNotMatch(server.log(), /"level":"error"/)
    assert.equal((await values('src.ip:|')).length, 3)
  })

  it('nothing that is typed reaches the database as SQL', async () => {
    for (const typed of [`x' OR 1=1 --`, `"; DROP TABLE flows; --`, `%`, `_`, `\\`, `"\\"' || 1"`, '😀'.repeat(50)])
      for (const field of ['app:', 'src.ip:', 'service:', 'dst.port:', ''])
        assert.deepEqual(await values(`${field}${typed.replaceAll('|', '')}|`), [], field + typed)
    assert.equal((await values('dst.port:\u0000|')).length, 2)
  })
})
