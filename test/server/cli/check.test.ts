/** `weir check`: what it prints, and how it ends. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { keep, openStore } from '../../support/store.ts'
import { weir } from '../../support/weir.ts'

const NOON = Date.UTC(2026, 10, 24, 12)

describe('weir check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-check-'))

  before(async () => {
    const store = await openStore(folder)
    await keep(store, [{ start: NOON, end: NOON, received: NOON, bytes: 1 }])
    await store.close()
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('of an intact folder ends with 0, of a damaged one with 1; a repair says what is saved', async () => {
    const intact = await weir('check', '--data', folder)
    assert.equal(intact.code, 0, intact.error)
    assert.match(intact.out, /^1 file read \(.*\), 1 flow: all intact\.\n$/)
    truncateSync(join(folder, 'flows', '2026-11-24.duckdb'), 5000)
    const damaged = await weir('check', '--data', folder)
    assert.equal(damaged.code, 1)
    assert.match(damaged.out, /^flows\/2026-11-24\.duckdb\n {2}it cannot be opened: .*\n.*--repair saves what can be/)
    const repaired = await weir('check', '--data', folder, '--repair')
    assert.equal(repaired.code, 0)
    assert.match(
      repaired.out,
      / {2}→ 0 rows saved, how many are lost cannot be said\n {2}→ what was damaged is kept as/,
    )
    const again = await weir('check', '--data', folder, '--format', 'json')
    assert.deepEqual(JSON.parse(again.out), { files: [] })
  })

  it('of a folder that a Weir holds is refused with what to do instead', async () => {
    writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.pid, started: null }))
    const { code, error } = await weir('check', '--data', folder)
    assert.equal(code, 1)
    assert.match(error, /a Weir holds it; stop that Weir, or check a copy: weir backup/)
    rmSync(join(folder, 'lock'))
    assert.equal((await weir('check', '--data', join(folder, 'none'))).code, 1)
  })
})
