/** `weir backup`, of a folder that a running Weir holds and of one that nobody does. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { netflow5Flows } from '../../support/flows.ts'
import { startServer, until, type TestServer } from '../../support/server.ts'
import { openStore, totalsOf } from '../../support/store.ts'
import { weir } from '../../support/weir.ts'

describe('weir backup', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-backup-'))
  let server: TestServer

  before(async () => {
    server = await startServer({ dataDir: join(folder, 'data') })
    await server.send(netflow5Flows(30))
    await until('flows are stored', async () => (await server.call('health')).store.flows === 30)
  })
  after(async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const copied = async (to: string) => {
    const store = await openStore(to)
    const totals = await totalsOf(store)
    await store.close()
    return totals
  }

  it('of a folder that a Weir holds is made by that Weir, and by it alone', async () => {
    const to = join(folder, 'copy')
    const made = await weir('backup', '--data', server.dataDir, '--to', to)
    assert.equal(made.code, 0, made.error)
    assert.match(made.error, /^http:.* makes the copy\n$/)
    assert.match(made.out, /has the state of 20\d\d-.*\n {2}\d+ files \(.*\) copied\n$/)
    assert.deepEqual(await copied(to), [30_000, 300, 30])
    const again = await weir('backup', '--data', server.dataDir, '--to', to, '--format', 'json')
    const { unchanged } = JSON.parse(again.out) as { unchanged: { files: number } }
    assert.ok(unchanged.files >= 2)
    assert.equal(statSync(join(server.dataDir, 'token')).mode & 0o777, 0o600)
  })

  it('over HTTP is for who can read the data folder', async () => {
    const ask = (headers: Record<string, string>) =>
      fetch(`${server.http}/api/backup`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ to: join(folder, 'stolen') }),
      })
    for (const headers of [{}, { 'weir-token': 'x' }, { 'weir-token': '0'.repeat(64) }]) {
      const response = await ask(headers)
      assert.equal(response.status, 403)
      assert.match(await response.text(), /"notOwner"/)
    }
  })

  it('over HTTP, a target that is wrong answered 500 and no code of its own', async () => {
    const token = readFileSync(join(server.dataDir, 'token'), 'utf8')
    writeFileSync(join(folder, 'file'), '')
    mkdirSync(join(folder, 'full'))
    writeFileSync(join(folder, 'full', 'theirs'), '')
    const wrong: readonly [to: string, status: number, code: string, message: RegExp][] = [
      [join(folder, 'file'), 422, 'badTarget', /\/file: .*ENOTDIR.*; choose another folder$/],
      [join(folder, 'file', 'below'), 422, 'badTarget', /; choose another folder$/],
      [join(folder, 'full'), 422, 'badTarget', /neither empty nor an earlier backup; choose another folder$/],
      [join(server.dataDir, 'copy'), 422, 'badTarget', /choose a folder apart from the data folder/],
      [folder, 422, 'badTarget', /choose a folder apart from the data folder/],
      ['/proc/weir-copy', 422, 'badTarget', /^backup to \/proc\/weir-copy: /],
      [join(folder, 'a\0b'), 422, 'badTarget', /null bytes.*; choose another folder$/],
      ['copy', 400, 'badRequest', /an absolute path is needed/],
    ]
    for (const [to, status, code, message] of wrong) {
      const response = await fetch(`${server.http}/api/backup`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'weir-token': token },
        body: JSON.stringify({ to }),
      })
      const { error } = (await response.json()) as { error: { code: string; message: string } }
      assert.deepEqual([response.status, error.code], [status, code], to)
      assert.match(error.message, message)
    }
    assert.doesNotMatch(server.log(), /"level":"error"/)
  })

  it('of a folder that nobody holds is made at once; a second data folder is no place for it', async () => {
    const data = join(folder, 'copy')
    const to = join(folder, 'second')
    const made = await weir('backup', '--data', data, '--to', to)
    assert.equal(made.code, 0, made.error)
    assert.deepEqual(await copied(to), [30_000, 300, 30])
    const refused = await weir('backup', '--data', data, '--to', server.dataDir)
    assert.equal(refused.code, 2)
    assert.match(refused.error, /neither empty nor an earlier backup/)
    const none = await weir('backup', '--data', join(folder, 'none'), '--to', to)
    assert.equal(none.code, 1)
    assert.match(none.error, /no data folder of Weir/)
  })
})
