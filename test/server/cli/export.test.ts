/** `weir export` and `weir import`: from one data folder into another, with and without a Weir that runs. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { netflow5Flows } from '../../support/flows.ts'
import { startServer, until, type TestServer } from '../../support/server.ts'
import { openStore } from '../../support/store.ts'
import { weir } from '../../support/weir.ts'

const fixtures = fileURLToPath(new URL('../../fixtures', import.meta.url))
const expected = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8')) as Record<
  string,
  { flows: number; bytes: number }
>
const ALL = ['--from', '2000-01-01', '--to', '2100-01-01']

describe('weir export and import', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-export-'))
  const capture = join(fixtures, 'softflowd-v9.pcap')
  let server: TestServer

  before(async () => {
    server = await startServer({ dataDir: join(folder, 'served') })
    await server.send(netflow5Flows(30))
    await until('flows are stored', async () => (await server.call('health')).store.flows === 30)
  })
  after(async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const records = async (...where: string[]) => {
    const { out } = await weir('flows', ...ALL, '--limit', '5000', '--format', 'csv', ...where)
    return out.split('\r\n').toSorted((a, b) => a.localeCompare(b))
  }

  it('bring the flows of a Weir that runs into another folder, as they are', async () => {
    const file = join(folder, 'served.parquet')
    const exported = await weir('export', ...ALL, '--server', server.http, '--out', file)
    assert.equal(exported.code, 0, exported.error)
    const data = join(folder, 'other')
    const imported = await weir('import', file, '--data', data)
    assert.equal(imported.code, 0, imported.error)
    assert.match(imported.error, /^30 flows are in /)
    assert.deepEqual(await records('--data', data), await records('--server', server.http))

    const twice = await weir('import', file, '--data', data)
    assert.equal(twice.code, 1)
    assert.match(twice.error, /imported before, as .* counted twice. --again takes it in again/)
    assert.equal((await weir('import', file, '--data', data, '--again')).code, 0)
    assert.equal((await records('--data', data)).length, 62)
  })

  it('a filter and a range say what is exported', async () => {
    const file = join(folder, 'some.parquet')
    const from = ['--data', join(folder, 'served')]
    assert.equal((await weir('export', ...ALL, ...from, '--filter', 'src.port:50000-50004', '--out', file)).code, 0)
    const data = join(folder, 'some')
    assert.match((await weir('import', file, '--data', data)).error, /^5 flows are in /)
    assert.equal((await weir('export', '--from', '2000-01-01', '--to', '2001-01-01', ...from, '--out', file)).code, 0)
    assert.match((await weir('import', file, '--data', data)).error, /^0 flows are in /)
  })

  it('an export of nothing said nothing of it', async () => {
    const file = join(folder, 'nothing.parquet')
    const none = ['--filter', 'src.port:1', '--out', file]
    for (const where of [
      ['--server', server.http],
      ['--data', join(folder, 'other')],
    ]) {
      const { code, error } = await weir('export', ...ALL, ...none, ...where)
      assert.equal(code, 0, error)
      assert.match(error, /^0 flows in .*nothing\.parquet \(.*\)\n/)
      assert.match(
        error,
        /\nweir: no flow that --filter let through ended from 2000-01-01 to 2100-01-01: .* has flows from 20\S+ \S+ to 20\S+ \S+ UTC; choose others with --from and --to\n$/,
      )
    }
    const empty = join(folder, 'empty')
    await (await openStore(empty)).close()
    const { error } = await weir('export', '--data', empty, '--out', file)
    assert.match(error, /\nweir: no flow ended from now-1h to now: .*empty has no flows at all\n$/)
  })

  it('a folder that nobody holds exports too, also to standard output; nothing is left behind', async () => {
    const data = join(folder, 'held by nobody')
    assert.equal((await weir('import', capture, '--data', data)).code, 0)
    const file = join(folder, 'capture.parquet')
    assert.equal((await weir('export', ...ALL, '--data', data, '--out', file)).code, 0)
    const streamed = await weir('export', ...ALL, '--data', data, '--out', '-')
    assert.match(streamed.out, /^PAR1[^]*PAR1$/)
    const again = join(folder, 'again')
    assert.equal((await weir('import', file, '--data', again)).code, 0)
    assert.deepEqual(await records('--data', again), await records('--data', data))
    assert.deepEqual(
      readdirSync(folder).filter((name) => /part$|\.weir-export/.test(name)),
      [],
    )
  })

  it('a Weir that runs takes captures and exports in, once', async () => {
    const kept = (await server.call('health')).store.flows
    const known = expected['softflowd-v9']?.flows ?? 0
    const imported = await weir('import', capture, '--data', server.dataDir)
    assert.equal(imported.code, 0, imported.error)
    assert.match(imported.error, new RegExp(`^${known} flows of \\d+ datagrams are in http:`))
    assert.equal((await server.call('health')).store.flows, kept + known)
    const twice = await weir('import', capture, '--to', server.http)
    assert.equal(twice.code, 1)
    assert.match(twice.error, /softflowd-v9\.pcap: imported before/)
    const exported = await weir('import', join(folder, 'some.parquet'), '--to', server.http, '--again')
    assert.equal(exported.code, 0, exported.error)
    assert.deepEqual(
      readdirSync(join(server.dataDir, 'tmp')).filter((name) => name.startsWith('upkeep')),
      [],
    )
  })

  it('among several files, one that was imported before kept the others out', async () => {
    const data = join(folder, 'several')
    const line = (bytes: number) =>
      `2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 ${bytes} 1418530010 1418530070 ACCEPT OK\n`
    const [first, second] = [join(folder, 'first.log'), join(folder, 'second.log')]
    writeFileSync(first, line(1))
    writeFileSync(second, line(2))
    assert.equal((await weir('import', first, '--data', data)).code, 0)
    for (const to of [
      ['--data', data],
      ['--to', server.http],
    ]) {
      if (to[0] === '--to') assert.equal((await weir('import', first, ...to)).code, 0)
      const both = await weir('import', first, second, ...to)
      assert.equal(both.code, 0, both.error)
      assert.match(both.error, /first\.log: imported before/)
      assert.match(both.error, /^1 flows? of 1 records? are in/m)
    }
    const neither = await weir('import', first, second, '--data', data)
    assert.equal(neither.code, 1)
  })

  it('what cannot be imported is refused over HTTP as by the command', async () => {
    const send = async (query: string, body: string) => {
      const response = await fetch(`${server.http}/api/import?${query}`, { method: 'POST', body })
      return { status: response.status, text: await response.text() }
    }
    const vpc = await send('type=vpc', '2 123456789010 eni-1')
    assert.equal(vpc.status, 501)
    assert.match(vpc.text, /there is no type vpc; there are pcap, weir-parquet/)
    const log = await send('name=flow.log', '2 123456789010 eni-1')
    assert.equal(log.status, 422)
    assert.match(log.text, /flow\.log: neither a capture/)
    const parquet = await send('type=weir-parquet', 'no Parquet')
    assert.equal(parquet.status, 422)
    assert.equal((await send('typ=pcap', 'x')).status, 400)
    const damaged = await send('', 'PAR1 nothing PAR1')
    assert.equal(damaged.status, 422)
  })
})
