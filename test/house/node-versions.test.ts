/** Newer releases of Node run Weir too: start, receive, ask, stop. Their binaries come from npm. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { mkdtempSync, rmSync } from 'node:fs'
import { arch, platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { netflow5Flows } from '../support/flows.ts'
import { until } from '../support/server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

let folder: string

describe('newer releases of Node', () => {
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-node-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  for (const release of [22, 24]) {
    it(`Node ${release}: start, receive, ask, stop`, { timeout: 180_000 }, async (test) => {
      const node = install(release)
      if (node === null) return test.skip(`npm cannot install node-${platform()}-${arch()}@${release}`)
      const args = [
        'serve',
        '--data',
        join(folder, `data-${release}`),
        '--http',
        '127.0.0.1:0',
        '--listen',
        'udp://127.0.0.1:0',
      ]
      const child = spawn(node, ['bin/weir.mjs', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
      let said = ''
      child.stdout.on('data', (text: Buffer) => (said += text.toString()))
      child.stderr.on('data', (text: Buffer) => (said += text.toString()))
      try {
        await until('its addresses', () => /^http:/m.test(said) && /^udp:/m.test(said))
        const http = /http:\/\/\S+/.exec(said)?.[0] as string
        const socket = createSocket('udp4')
        await new Promise((resolve) =>
          socket.send(netflow5Flows(30), Number(/udp:\/\/[^\s:]+:(\d+)/.exec(said)?.[1]), '127.0.0.1', resolve),
        )
        socket.close()
        const ask = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"from":"now-1h"}' }
        await until('the flows', async () => {
          const answer = (await (await fetch(`${http}/api/query`, ask)).json()) as {
            meta: { totals: { flows: number } }
          }
          return answer.meta.totals.flows === 30
        })
      } finally {
        child.kill('SIGTERM')
      }
      assert.equal(await ended, 0, said)
    })
  }
})

/** Path of that release's binary, or null where it cannot be had. */
function install(release: number): string | null {
  const name = `node-${platform()}-${arch()}`
  const prefix = join(folder, String(release))
  const npm = spawnSync('npm', ['install', '--silent', '--no-save', '--prefix', prefix, `${name}@${release}`], {
    timeout: 120_000,
  })
  if (npm.status !== 0) return null
  const binary = join(prefix, 'node_modules', name, 'bin', 'node')
  const version = spawnSync(binary, ['--version'], { encoding: 'utf8' })
  return version.stdout?.startsWith(`v${release}.`) ? binary : null
}
