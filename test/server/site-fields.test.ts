/** A site's own fields through a real Weir: from the datagram to the answer, and in the data folder afterwards. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { startServer, until } from '../support/server.ts'
import { ip4, set, u16, u32, u64, u8, version10, type Octets } from '../support/wire.ts'
import { weir } from '../support/weir.ts'

const folder = mkdtempSync(join(tmpdir(), 'weir-fields-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const CONFIGURED = `
fields:
  - { name: my.vlanName, element: 9.12340, kind: keyword, label: VLAN name }
  - { name: my.cost, element: 9.300, kind: u32 }
  - { name: my.ticket, element: 4000, kind: u64 }
  - { name: my.gateway, element: 9.301, kind: ip }
  - { name: my.port, element: 9.302, kind: mac }
  - { name: my.since, element: 9.303, kind: time }
`
const config = (text: string) => {
  const file = join(folder, 'weir.yaml')
  writeFileSync(file, text)
  return file
}
const text = (value: string): Octets => [...Buffer.from(value)]
const enterprise = (id: number, length: number): Octets => [...u16(0x8000 | id), ...u16(length), ...u32(9)]

/** RFC 7011 §3.4.1: addresses, octets, and what the site keeps. */
const TEMPLATE = set(2, [
  ...u16(256),
  ...u16(9),
  ...u16(8),
  ...u16(4),
  ...u16(12),
  ...u16(4),
  ...u16(1),
  ...u16(4),
  ...enterprise(12_340, 0xffff),
  ...enterprise(300, 2),
  ...u16(4000),
  ...u16(8),
  ...enterprise(301, 4),
  ...enterprise(302, 6),
  ...enterprise(303, 4),
])
const record = (bytes: number, vlan: string, cost: number): Octets => [
  ...ip4('10.0.0.1'),
  ...ip4('10.0.0.2'),
  ...u32(bytes),
  ...u8(Buffer.from(vlan).length),
  ...text(vlan),
  ...u16(cost),
  ...u64(2n ** 60n),
  ...ip4('192.0.2.254'),
  ...u16(1),
  ...u32(0x0203_0405),
  ...u32(1_700_000_000),
]
const message = (...records: Octets[]) =>
  version10([TEMPLATE, set(256, ...records)], { seconds: Math.floor(Date.now() / 1000) })

const NAMES = ['my.vlanName', 'my.cost', 'my.ticket', 'my.gateway', 'my.port', 'my.since']
const VALUES = ['Büro', 7, String(2n ** 60n), '192.0.2.254', '00:01:02:03:04:05', 1_700_000_000_000]

describe("a site's own fields", () => {
  const dataDir = join(folder, 'data')

  it('are stored, asked for, grouped by and filtered; the folder keeps them for commands', async () => {
    const server = await startServer({ dataDir, args: ['--config', config(CONFIGURED)] })
    try {
      await server.send(message(record(100, 'Büro', 7), record(20, 'lab', 8), record(3, '', 9)))
      await until('flows are stored', async () => (await server.call('health')).store.flows === 3)

      const { fields } = await server.call('fields')
      assert.deepEqual(
        fields.slice(-6).map(({ name, kind, label, elements }) => ({ name, kind, label, elements })),
        [
          { name: 'my.vlanName', kind: 'keyword', label: 'VLAN name', elements: ['9.12340'] },
          { name: 'my.cost', kind: 'u32', label: 'my.cost', elements: ['9.300'] },
          { name: 'my.ticket', kind: 'u64', label: 'my.ticket', elements: ['4000'] },
          { name: 'my.gateway', kind: 'ip', label: 'my.gateway', elements: ['9.301'] },
          { name: 'my.port', kind: 'mac', label: 'my.port', elements: ['9.302'] },
          { name: 'my.since', kind: 'time', label: 'my.since', elements: ['9.303'] },
        ],
      )
      const asked = { from: 'now-1h', to: 'now+1h' }
      const flows = await server.call('flows', { ...asked, fields: NAMES, sort: 'my.vlanName', limit: 1 })
      assert.deepEqual(flows.rows, [VALUES])
      const next = await server.call('flows', {
        ...asked,
        fields: ['my.vlanName', 'my.cost'],
        sort: 'my.vlanName',
        cursor: flows.cursor as string,
      })
      assert.deepEqual(next.rows, [
        ['lab', 8],
        [null, 9],
      ])
      const top = await server.call('query', { ...asked, groupBy: ['MY.VLANNAME'], measures: ['bytes'] })
      assert.deepEqual(top.rows, [
        ['Büro', 100],
        ['lab', 20],
        [null, 3],
      ])
      for (const [filter, bytes] of [
        ['my.vlanName:büro', 100],
        ['my.vlanName:*a*', 20],
        ['not my.vlanName:*', 3],
        ['my.vlanName:("BÜRO", lab) and my.cost < 8', 100],
        ['my.gateway:192.0.2.0/24 my.port:00:01:* my.cost:9', 3],
        [`my.since:2023-11-14T22:13:20Z and my.ticket:${2n ** 60n}`, 123],
      ] as const) {
        const { rows } = await server.call('query', { ...asked, filter, measures: ['bytes'] })
        assert.deepEqual(rows, [[bytes]], filter)
      }
      const [exporter] = (await server.call('exporters')).exporters
      assert.deepEqual(exporter?.unknownElements, [])
    } finally {
      await server.stop()
    }
    const { out } = await weir('top', 'my.vlanName', '--data', dataDir, '--last', '1h', '--format', 'csv')
    assert.match(out, /^my\.vlanName,bytes.*\r\nBüro,100/)
  })

  it('that the configuration no longer has stay in the store, and one of another kind begins anew', async () => {
    const server = await startServer({
      dataDir,
      args: ['--config', config('fields: [{ name: my.cost, element: "9.300", kind: keyword }]')],
    })
    try {
      await server.send(message(record(1, 'x', 0x4142)))
      await until('the flow is stored', async () => (await server.call('health')).store.flows === 4)
      const asked = { from: 'now-1h', to: 'now+1h' }
      const { rows } = await server.call('query', { ...asked, groupBy: ['my.cost'], measures: ['bytes'] })
      assert.deepEqual(rows, [
        [null, 123],
        ['AB', 1],
      ])
      await assert.rejects(server.call('query', { ...asked, filter: 'my.vlanName:x' }), /unknown field/)
    } finally {
      await server.stop()
    }
    const again = await startServer({ dataDir, args: ['--config', config(CONFIGURED)] })
    try {
      const { rows } = await again.call('query', {
        from: 'now-1h',
        to: 'now+1h',
        groupBy: ['my.cost'],
        measures: ['bytes'],
      })
      assert.deepEqual(rows, [
        [7, 100],
        [8, 20],
        [9, 3],
        [null, 1],
      ])
    } finally {
      await again.stop()
    }
  })

  it('hold for weir decode and weir import with the configuration', async () => {
    const file = join(folder, 'datagrams')
    writeFileSync(file, message(record(100, 'Büro', 7)))
    const decoded = await weir('decode', file, '--config', config(CONFIGURED))
    assert.equal(decoded.code, 0, decoded.error)
    const flow = JSON.parse(decoded.out) as Record<string, unknown>
    assert.deepEqual(
      NAMES.map((name) => flow[name]),
      VALUES,
    )
    const data = join(folder, 'imported')
    const imported = await weir('import', file, '--data', data, '--config', config(CONFIGURED))
    assert.equal(imported.code, 0, imported.error)
    // Once more without it: the folder knows.
    assert.equal((await weir('import', file, '--data', data, '--again')).code, 0)
    const { out } = await weir('flows', '--data', data, '--last', '1d', '--fields', 'my.vlanName', '--format', 'json')
    assert.deepEqual((JSON.parse(out) as { rows: unknown }).rows, [['Büro'], ['Büro']])
  })
})
