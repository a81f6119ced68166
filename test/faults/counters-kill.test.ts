/** Counter samples that were on disk are there after the process was killed. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { startServer, until } from '../support/server.ts'
import { block, datagram, xdr } from '../support/sflow-wire.ts'

/** As `datagram` says it. */
const AGENT = '10.0.0.254'

it('counters survive kill -9, with the names of their interfaces', async (test) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'weir-kill-'))
  const sample = (index: number) =>
    block(
      2,
      xdr(
        1,
        index,
        2,
        block(1005, xdr(4, Buffer.from(`eth${index}`))),
        block(1, xdr(index, 6, 0, 1_000_000_000, 1, 3, 0, 5, '00'.repeat(56))),
      ),
    )
  const killed = await startServer({ dataDir })
  await killed.send(datagram([sample(1), sample(2), sample(3)]))
  const kept = async (server: typeof killed) => (await server.call('health')).store.counters.samples
  await until('the samples are on disk', async () => (await kept(killed)) === 3)
  const remembered = join(dataDir, 'exporters.state')
  await until(
    'the names are on disk',
    async () => existsSync(remembered) && readFileSync(remembered, 'utf8').includes('eth3'),
  )
  await killed.end('SIGKILL')

  const again = await startServer({ dataDir })
  test.after(async () => {
    await again.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })
  assert.equal(await kept(again), 3)
  const { interfaces } = await again.call('interfaces', { exporter: AGENT, from: 'now-5m' })
  assert.deepEqual(
    interfaces.map(({ index, name, speed }) => [index, name, speed]),
    [1, 2, 3].map((index) => [index, `eth${index}`, 1e9]),
  )
})
