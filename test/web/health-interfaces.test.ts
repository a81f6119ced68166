/** The interfaces of an exporter on Health, in a real browser, against a real Weir that gets real counter samples. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { noBrowser, startBrowser, violations, type TestBrowser } from '../support/browser.ts'
import { counterBatchOf } from '../support/counters.ts'
import { netflow5Flows } from '../support/flows.ts'
import { startServer, until, type TestServer } from '../support/server.ts'
import { block, datagram, xdr } from '../support/sflow-wire.ts'
import { keep, openStore } from '../support/store.ts'

const DAY = 86_400_000
const MINUTE = 60_000
/** As `datagram` says it. */
const AGENT = '10.0.0.254'

describe('interfaces on Health', { skip: noBrowser }, () => {
  let server: TestServer
  let browser: TestBrowser
  const dataDir = mkdtempSync(join(tmpdir(), 'weir-interfaces-'))

  before(async () => {
    const store = await openStore(dataDir)
    const now = Math.floor(Date.now() / MINUTE) * MINUTE
    for (let minute = -10; minute <= 0; minute++) {
      const receivedMs = now + minute * MINUTE
      // 7,500,000 octets a minute in, 1 Mbit/s; flows account for half of it.
      const values = { 'if.speed': 1e9, 'if.status': 3, 'in.bytes': (minute + 10) * 7_500_000, 'out.bytes': 0 }
      await store.appendCounters(
        counterBatchOf([{ receivedMs, exporter: AGENT, source: 4, values }]),
        Math.floor(receivedMs / DAY),
      )
    }
    await keep(
      store,
      Array.from({ length: 10 }, (_, i) => ({
        exporter: AGENT,
        start: now + (i - 10) * MINUTE,
        end: now + (i - 9) * MINUTE - 1,
        received: now + (i - 9) * MINUTE - 1,
        'in.if': 4,
        bytes: 3_500_000,
        'bytes.l2': 3_750_000,
        packets: 1,
      })),
    )
    await store.close()
    server = await startServer({ dataDir })
    browser = await startBrowser()
    const port = block(2, xdr(1, 4, 1, block(1005, xdr(7, '75 70 6c 69 6e 6b 31 00'))))
    const device = block(2, xdr(1, 0x0200_0001, 1, block(1001, xdr(1250, 900, 800, 0, 4_000_000, 0, 1_000_000))))
    await server.send(datagram([port, device]), netflow5Flows(1))
    await until('both exporters are known', async () => (await server.call('exporters')).exporters.length === 2)
  })
  after(async () => {
    await browser.close()
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  for (const options of [{}, { width: 390, height: 844, dark: true }]) {
    test(`what was counted stands beside the flows, ${options.width ?? 1440} wide`, async () => {
      const page = await browser.open(`${server.http}/health?exporter=${AGENT}`, options)
      const table = page.getByRole('table', { name: 'Interfaces' })
      const row = table.getByRole('row', { name: /uplink1/ })
      await row.waitFor()
      const text = ((await row.textContent()) ?? '').replaceAll(/\s/g, ' ')
      assert.match(text, /uplink1 · 1 Gbit\/s/)
      assert.match(text, /1\.00 Mbit\/s/)
      assert.match(text, /50 \/ –$/)
      const details = page.getByRole('complementary', { name: AGENT })
      assert.match((await details.textContent()) ?? '', /processor9 % busy/)
      assert.match((await details.textContent()) ?? '', /memory1\.00.MB free of 4\.00.MB/)
      const chart = page.getByRole('slider', { name: /^Interface uplink1, In: counted and by flows/ })
      await chart.waitFor()
      await chart.focus()
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('ArrowLeft')
      assert.match((await chart.getAttribute('aria-valuetext')) ?? '', /counted 1\.00.Mbit\/s/)
      assert.deepEqual(await violations(page), [])
      // The keyboard closes the chart, and opens it again.
      const button = row.getByRole('button')
      assert.equal(await button.getAttribute('aria-expanded'), 'true')
      await button.press('Enter')
      await chart.waitFor({ state: 'detached' })
      await button.press('Enter')
      await chart.waitFor()
      await page.close()
    })
  }

  test('an exporter without counters says what brings them', async () => {
    const page = await browser.open(`${server.http}/health?exporter=127.0.0.1`)
    await page.getByText('This exporter sends no interface counters.').waitFor()
    await page.getByText(/turn on its counter polling/).waitFor()
    assert.deepEqual(await violations(page), [])
    await page.close()
  })

  test('no page said an error or asked another host', () => assert.deepEqual(browser.faults, []))
})
