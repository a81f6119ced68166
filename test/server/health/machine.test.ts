import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { readConfig } from '../../../src/server/config/config.ts'
import { examineMachine } from '../../../src/server/health/machine.ts'
import { startServer } from '../../support/server.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const folder = mkdtempSync(join(tmpdir(), 'weir-doctor-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const examine = async (over: Parameters<typeof readConfig>[1]) =>
  examineMachine(
    await readConfig(undefined, {
      data: join(folder, 'not/there/yet'),
      listen: [],
      http: { listen: '127.0.0.1:0' },
      ...over,
    }),
  )

describe('the doctor', () => {
  it('looks at everything, and leaves nothing behind', async () => {
    const findings = await examine({ listen: ['udp://127.0.0.1:0'] })
    const seen = findings.map((finding) => finding.what)
    for (const what of [
      'receive buffer',
      'http 127.0.0.1:0',
      'udp://127.0.0.1:0',
      'disk space',
      'disk speed',
      'clock',
      'memory',
      'processors',
      'Node',
    ])
      assert.ok(seen.includes(what), what)
    for (const { state, remedy, what } of findings)
      assert.ok(state !== 'hurts' || remedy !== undefined, `${what} hurts and nothing mends it`)
    assert.deepEqual(readdirSync(folder), [])
  })

  it('says where the disk will not hold what is to be kept', async (test) => {
    const data = temporaryFolder(test)
    mkdirSync(join(data, 'flows'))
    for (const daysAgo of [1, 2]) {
      const file = join(
        data,
        'flows',
        `${new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10)}.duckdb`,
      )
      writeFileSync(file, '')
      truncateSync(file, 50e9)
    }
    const found = async (retention: { raw?: string; disk?: string }) =>
      (await examine({ data, retention })).find(({ what }) => what === 'retention')
    const short = await found({ raw: '14d', disk: '100GB' })
    assert.equal(short?.state, 'hint')
    assert.match(short.found, /^at 50.0.GB a day there is room for 2 days of flows; 14.d are asked for/)
    assert.equal(short.remedy?.startsWith('retention: { raw: 2d }'), true)
    assert.equal((await found({ raw: '2d', disk: '100GB' }))?.state, 'ok')
    const large = await found({ disk: '5PB' })
    assert.equal(large?.state, 'hurts')
    assert.match(large.found, /^data may take 5\.00.PB \(retention\.disk\), but there is room for/)
  })

  it('finds ports that are taken', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    const socket = createSocket('udp4')
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
    const http = `127.0.0.1:${(server.address() as { port: number }).port}`
    const udp = `udp://127.0.0.1:${socket.address().port}`
    // The page's port is as good as any for a TCP listener.
    const tcp = `tcp://${http}`
    const findings = await examine({ listen: [udp, tcp], http: { listen: http } })
    for (const what of [`http ${http}`, udp, tcp]) {
      const finding = findings.find((each) => each.what === what)
      assert.equal(finding?.state, 'hurts')
      assert.match(finding.found, /^taken/)
    }
    server.close()
    socket.close()
  })

  it('knows the Weir that runs by its answer', async () => {
    const server = await startServer()
    const findings = await examine({ listen: [`udp://${server.udp}`], http: { listen: new URL(server.http).host } })
    for (const finding of findings.filter(({ what }) => /^(http|udp)/.test(what))) {
      assert.equal(finding.found, 'held by the Weir that runs')
      assert.equal(finding.state, 'ok')
    }
    await server.stop()
  })

  it('finds that a TLS listener has no certificate', async () => {
    const findings = await examine({ listen: ['tls://127.0.0.1:0'], tls: { certificate: 'none.pem', key: 'none.key' } })
    const finding = findings.find((each) => each.what === 'certificate')
    assert.equal(finding?.state, 'hurts')
    assert.match(finding.found, /none\.pem: no such file/)
  })
})
