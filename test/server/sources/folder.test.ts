import assert from 'node:assert/strict'
import { appendFileSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { gzipSync } from 'node:zlib'
import { runSource, SourceClock, type RunningSource } from '../../support/source.ts'
import { totalsOf } from '../../support/store.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const line = (bytes: number) =>
  `2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 ${bytes} 1795521600 1795521660 ACCEPT OK\n`

function start(folder: string, nowMs = NOW): Promise<RunningSource> {
  mkdirSync(join(folder, 'logs', 'below'), { recursive: true })
  const settings = { type: 'folder', name: 'logs', path: join(folder, 'logs') }
  return runSource(join(folder, 'data'), settings, { clock: new SourceClock(nowMs) })
}

const flowsAre = (running: RunningSource, flows: number) => () => running.intake.flows === flows

async function stopped(running: RunningSource): Promise<readonly unknown[]> {
  const totals = await totalsOf(running.store)
  await running.stop()
  return totals
}

describe('a watched folder', () => {
  it('gives the flows of its files, those below it and packed ones too, each once over restarts', async (test: TestContext) => {
    const folder = temporaryFolder(test)
    const first = await start(folder)
    writeFileSync(join(folder, 'logs', 'a.log'), line(1) + line(2))
    writeFileSync(join(folder, 'logs', 'below', 'b.log.gz'), gzipSync(line(4)))
    await first.until(flowsAre(first, 3))
    assert.deepEqual(await stopped(first), [7, 60, 3])
    const second = await start(folder, NOW + 60_000)
    writeFileSync(join(folder, 'logs', 'c.log'), line(8))
    await second.until(flowsAre(second, 1))
    assert.deepEqual(await stopped(second), [15, 80, 4])
  })

  it('that was half taken when Weir was killed gave flows twice', async (test) => {
    const folder = temporaryFolder(test)
    const file = join(folder, 'logs', 'a.log')
    const first = await start(folder)
    const at = new Date(NOW)
    writeFileSync(file, line(1) + line(2))
    utimesSync(file, at, at)
    await first.until(flowsAre(first, 2))
    await stopped(first)
    // As if the last position had not been saved: that of the start is there instead.
    writeFileSync(join(folder, 'data', 'sources', 'logs.json'), JSON.stringify({ files: {}, savedMs: NOW }))
    const second = await start(folder, NOW + 60_000)
    writeFileSync(join(folder, 'logs', 'z.log'), line(8))
    await second.until(flowsAre(second, 1))
    assert.deepEqual(await stopped(second), [11, 60, 3])
  })

  it('whose file grows gave all its flows again each time', async (test) => {
    const folder = temporaryFolder(test)
    const file = join(folder, 'logs', 'a.log')
    const first = await start(folder)
    writeFileSync(file, line(1))
    await first.until(flowsAre(first, 1))
    appendFileSync(file, line(2) + '2 broken\n')
    await first.until(flowsAre(first, 2))
    appendFileSync(file, line(4))
    await first.until(flowsAre(first, 3))
    assert.equal(first.letters.length, 1)
    assert.deepEqual(await stopped(first), [7, 60, 3])
    const second = await start(folder, NOW + 60_000)
    appendFileSync(file, line(8))
    await second.until(flowsAre(second, 1))
    // Another file of the same name.
    writeFileSync(file, line(16))
    await second.until(flowsAre(second, 2))
    assert.deepEqual(await stopped(second), [31, 100, 5])
  })

  it('is not taken while somebody still writes to a file', async (test) => {
    const folder = temporaryFolder(test)
    const file = join(folder, 'logs', 'a.log')
    const running = await start(folder)
    writeFileSync(file, line(1))
    let looks = 0
    await running.until(() => {
      if (looks++ < 5) appendFileSync(file, line(1))
      return running.intake.flows > 0
    })
    assert.equal((await stopped(running))[2], running.intake.flows)
    assert.ok(running.intake.flows >= 5)
  })

  it('of a damaged file took its beginning again with each look, and never the files behind it', async (test) => {
    const folder = temporaryFolder(test)
    const running = await start(folder)
    const whole = gzipSync(`${line(1)}2 only three\n`.repeat(20_000), { level: 0 })
    writeFileSync(join(folder, 'logs', 'a.log.gz'), whole.subarray(0, whole.length - 1000))
    writeFileSync(join(folder, 'logs', 'b.log'), line(100_000))
    await running.until(
      async () => Number((await totalsOf(running.store))[0]) >= 100_000 && running.letters.length > 19_000,
    )
    const before = await totalsOf(running.store)
    const letters = running.letters.length
    for (let looks = 0; looks < 5; looks++) await running.until(() => true)
    writeFileSync(join(folder, 'logs', 'c.log'), line(1_000_000))
    await running.until(async () => Number((await totalsOf(running.store))[0]) >= 1_000_000)
    assert.equal((await totalsOf(running.store))[2], Number(before[2]) + 1)
    assert.equal(running.letters.length, letters)
    const aside = running.letters.filter(({ loss }) => loss === 'source.object')
    assert.deepEqual(
      aside.map(({ source, reason }) => [source, /damaged/.test(reason)]),
      [['a.log.gz', true]],
    )
    assert.equal(running.counters.losses()['source.object'], 1)
    await running.stop()
  })

  it('with a file that nobody may read gives the others', { skip: process.getuid?.() === 0 }, async (test) => {
    const folder = temporaryFolder(test)
    const running = await start(folder)
    writeFileSync(join(folder, 'logs', 'a.log'), line(1), { mode: 0o000 })
    writeFileSync(join(folder, 'logs', 'b.log'), line(2))
    await running.until(flowsAre(running, 1))
    await running.until(() => running.source.state().state === 'failing')
    assert.match(running.source.state().trouble ?? '', /a\.log/)
    await running.stop()
  })

  it('that cannot be read is told on Health, and read again when it can', async (test) => {
    const folder = temporaryFolder(test)
    const running = await start(folder)
    rmSync(join(folder, 'logs'), { recursive: true })
    await running.until(() => running.source.state().state === 'failing')
    assert.match(running.source.state().trouble ?? '', /no such file/)
    mkdirSync(join(folder, 'logs'))
    writeFileSync(join(folder, 'logs', 'a.log'), line(1))
    await running.until(flowsAre(running, 1))
    await running.until(() => running.source.state().state === 'ok')
    await running.stop()
  })
})
