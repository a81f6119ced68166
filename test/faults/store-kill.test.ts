/** kill -9 in full flow, and again during recovery: at most the last two seconds are gone, and nothing is there twice. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openStore, totalsOf } from '../support/store.ts'
import { temporaryFolder } from '../support/temporary.ts'

const CHILD = fileURLToPath(new URL('../support/store-child.ts', import.meta.url))

interface Said {
  readonly appended: number
  readonly at: number
}

/** Lets a child append for so long (or until it has opened the folder, or a moment before), then kills it. */
async function runAndKill(
  folder: string,
  rate: number,
  kill: { readonly afterMs: number } | { readonly afterStartMs: number },
): Promise<{ said: Said[]; killedAt: number }> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, folder, String(rate)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  const opened = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      resolve()
    })
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  if ('afterMs' in kill) {
    await opened
    await wait(kill.afterMs)
  } else {
    await wait(kill.afterStartMs)
  }
  const killedAt = Date.now()
  child.kill('SIGKILL')
  await ended
  const said = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Said)
  return { said, killedAt }
}

/** All flows up to some number: their count says which bytes there must be. */
async function check(folder: string, killed: { said: Said[]; killedAt: number }): Promise<string | null> {
  const store = await openStore(folder)
  const [bytes, , flows] = (await totalsOf(store)) as [number | null, unknown, number]
  const { recovered } = store
  await store.close()
  const before = killed.said.filter(({ at }) => at <= killed.killedAt - 2000).at(-1)?.appended ?? 0
  const most = killed.said.at(-1)?.appended ?? 0
  assert.ok(flows >= before, `${flows} flows are there, ${before} were appended two seconds before the end`)
  assert.ok(flows <= most, `${flows} flows are there, ${most} were appended`)
  assert.equal(bytes ?? 0, (flows * (flows - 1)) / 2, 'the flows are not the first ones, each once')
  return recovered
}

describe('kill -9', () => {
  for (const rate of [4000, 100_000]) {
    it(`in full flow at ${rate} flows a second`, { timeout: 120_000 }, async (test) => {
      const folder = temporaryFolder(test)
      for (const afterMs of [3300, 4100]) {
        const killed = await runAndKill(folder, rate, { afterMs })
        const recovered = await check(folder, killed)
        // Small commits stand in the log, which the next start reads.
        if (rate < 10_000) assert.match(recovered ?? '', /did not end cleanly.*flows/s)
      }
    })
  }

  it('during recovery, several times', { timeout: 120_000 }, async (test) => {
    const folder = temporaryFolder(test)
    const killed = await runAndKill(folder, 8000, { afterMs: 3500 })
    for (const afterStartMs of [250, 350, 450, 550]) await runAndKill(folder, 1, { afterStartMs })
    await check(folder, { ...killed, said: [...killed.said] })
  })
})
