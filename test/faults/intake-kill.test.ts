/** A collector that is killed decodes the next datagram: it needs no template again. The real process. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { startServer, until } from '../support/server.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { ip4, set, template, u32, version9 } from '../support/wire.ts'

test('after kill -9, data without a template is decoded, and its exporter is known', async (t) => {
  const dataDir = temporaryFolder(t)
  const now = { seconds: Math.floor(Date.now() / 1000) }
  const first = await startServer({ dataDir })
  await first.send(version9([set(0, template(256, [8, 4], [1, 4])), set(256, [...ip4('10.0.0.1'), ...u32(1)])], now))
  await until('the flow is there', async () => (await first.call('exporters')).exporters[0]?.flows === 1)
  const known = (await first.call('exporters')).exporters[0]
  const stateFile = join(dataDir, 'exporters.state')
  await until(
    'what it told is on disk',
    async () => existsSync(stateFile) && readFileSync(stateFile, 'utf8').includes('["template",'),
  )
  await first.end('SIGKILL')

  const second = await startServer({ dataDir })
  t.after(() => second.stop())
  const [remembered] = (await second.call('exporters')).exporters
  assert.deepEqual(
    [remembered?.address, remembered?.firstSeen, remembered?.templates.length],
    [known?.address, known?.firstSeen, 1],
  )
  await second.send(version9([set(256, [...ip4('10.0.0.2'), ...u32(2)])], { ...now, sequence: 1 }))
  const sources = async () =>
    (await second.call('flows', { from: 0, to: Date.now() + 3_600_000, fields: ['src.ip', 'bytes'] })).rows.map(String)
  await until('its flow is there', async () => (await sources()).includes('10.0.0.2,2'))
})
