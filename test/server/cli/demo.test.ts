import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { collect } from '../../support/rows.ts'
import { startServer, until } from '../../support/server.ts'
import { weir } from '../../support/weir.ts'

const folder = mkdtempSync(join(tmpdir(), 'weir-demo-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function daysIn(data: string, kept: 'flows' | 'hours'): string[] {
  return readdirSync(join(data, kept))
    .filter((name) => name.endsWith('.duckdb'))
    .toSorted()
}

describe('weir demo', () => {
  it('sends real datagrams, each router from its own address, and prints what will happen', async () => {
    const collected = collect()
    const socket = createSocket('udp4')
    const sources = new Set<string>()
    socket.on('message', (bytes, from) => {
      sources.add(from.address)
      collected.pipeline.receive(bytes, from.address, Date.now())
    })
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    try {
      const { code, out, error } = await weir(
        'demo',
        '--to',
        `127.0.0.1:${socket.address().port}`,
        '--rate',
        '100',
        '--duration',
        '2s',
      )
      assert.equal(code, 0, error)
      for (const name of ['port scan', 'dns amplification', 'exfiltration', 'backup tenfold', 'failover'])
        assert.match(out, new RegExp(`UTC {2}${name}: `))
      const sent = Number(/Sent (\d+) datagrams/.exec(error)?.[1])
      await until('all have come', () => collected.counters.get('datagrams') === sent)
      assert.ok(collected.flush().length > 50)
      assert.deepEqual(collected.counters.losses(), {})
      if (process.platform === 'linux')
        assert.ok(sources.size >= 5 && [...sources].every((source) => source.startsWith('127.0.1.')))
    } finally {
      socket.close()
    }
  })

  it('writes a history into a folder', async () => {
    const data = join(folder, 'history')
    const { code, out, error } = await weir('demo', '--data', data, '--history', '2h', '--rate', '5')
    assert.equal(code, 0, error)
    const flows = Number(/^([\d,]+) flows of 2h/m.exec(error)?.[1]?.replaceAll(',', ''))
    assert.ok(flows > 5 * 7200 * 0.7 && flows < 5 * 7200 * 1.5, `${flows} flows`)
    assert.ok(out.split('\n').every((line) => line === '' || / UTC {2}/.test(line)))
    assert.deepEqual(daysIn(data, 'hours'), daysIn(data, 'flows'), 'sums of all days')
    const top = await weir('top', 'exporter', '--data', data, '--last', '3h', '--format', 'csv')
    const rows = top.out
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(','))
    assert.equal(rows.length, 9)
    assert.equal(
      rows.reduce((sum, row) => sum + Number(row.at(-1)), 0),
      flows,
    )
  })

  it('the same seed and end give the same flows, another seed others', async () => {
    const answers = ['1', '1', '2'].map(async (seed, i) => {
      const data = join(folder, `until-${i}`)
      const history = ['--history', '10m', '--until', '2026-11-17T10:00Z', '--rate', '12.5', '--seed', seed]
      const { code, error } = await weir('demo', '--data', data, ...history)
      assert.equal(code, 0, error)
      const range = ['--from', '2026-11-17T09:00Z', '--to', '2026-11-17T10:01Z']
      return (await weir('top', 'src.ip', '--data', data, ...range, '--format', 'csv')).out
    })
    const [first, again, other] = await Promise.all(answers)
    assert.ok(first !== undefined && first.split('\r\n').length > 10)
    assert.equal(again, first)
    assert.notEqual(other, first)
  })

  it('plays at the press of a button, and stops', async () => {
    const server = await startServer()
    try {
      assert.deepEqual(await server.call('demo', { run: true, flowsPerSecond: 200 }), {
        running: true,
        flowsPerSecond: 200,
      })
      await until('flows are stored', async () => (await server.call('health')).store.flows > 100)
      const { exporters } = await server.call('exporters')
      assert.ok(exporters.length >= 5)
      assert.ok(exporters.every((exporter) => Object.keys(exporter.lost).length === 0))
      assert.deepEqual(await server.call('demo', { run: false }), { running: false, flowsPerSecond: 0 })
    } finally {
      await server.stop()
    }
  })

  for (const [name, args] of [
    ['neither way', []],
    ['both ways', ['--to', '127.0.0.1:1', '--data', folder]],
    ['a span that is none', ['--data', join(folder, 'x'), '--history', 'long']],
    ['an end that is none', ['--data', join(folder, 'x'), '--until', 'later']],
    ['no rate', ['--data', join(folder, 'x'), '--rate', '0']],
    ['no address', ['--to', 'here']],
  ] as const) {
    it(`${name} is wrong use`, async () => assert.equal((await weir('demo', ...args)).code, 2))
  }
})
