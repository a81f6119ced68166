/** Get data in a real browser, against a real Weir. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { noBrowser, startBrowser, violations, type TestBrowser } from '../support/browser.ts'
import { netflow5Flows } from '../support/flows.ts'
import { startServer, until, type TestServer } from '../support/server.ts'

describe('Get data', { skip: noBrowser }, () => {
  let server: TestServer
  let browser: TestBrowser
  before(async () => {
    server = await startServer({ listen: ['udp://127.0.0.1:0'] })
    browser = await startBrowser()
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  test('the lines of a device carry the port that Weir listens on, and follow what is typed', async () => {
    const page = await browser.open(`${server.http}/get-data`)
    const port = server.udp.split(':').at(-1) as string
    await page.getByRole('radio', { name: /MikroTik/ }).click()
    const lines = page.getByRole('region', { name: /Configuration for MikroTik/ })
    await lines.getByText(`port=${port}`).waitFor()
    await page.getByLabel("Weir's address").fill('192.0.2.99')
    await page.getByLabel("Device's own address").fill('192.0.2.1')
    await lines.getByText('dst-address=192.0.2.99').waitFor()
    assert.match(
      (await lines.textContent()) ?? '',
      /dst-address=192\.0\.2\.99 port=\d+ src-address=192\.0\.2\.1 version=9/,
    )
    await page.getByRole('radio', { name: 'IPFIX', exact: true }).click()
    await lines.getByText('version=ipfix').waitFor()
    assert.match(page.url(), /device=mikrotik/)
    await page.reload()
    await lines.getByText('version=ipfix').waitFor()
    assert.match((await lines.textContent()) ?? '', /dst-address=192\.0\.2\.99/, 'a link brings the same lines')
    await page.close()
  })

  test('it says that a listener on loopback cannot be reached by a device', async () => {
    const page = await browser.open(`${server.http}/get-data`)
    await page.getByText('Weir listens on loopback only').first().waitFor()
    await page.close()
  })

  test('the check list ticks as datagrams come, and the first flows stand below', async () => {
    const page = await browser.open(`${server.http}/get-data`)
    const step = (id: string) => page.locator(`[data-step="${id}"]`)
    assert.equal(await step('datagram').getAttribute('data-state'), 'waiting')
    await server.send(netflow5Flows(7))
    await step('datagram').and(page.locator('[data-state="done"]')).waitFor()
    assert.match((await step('datagram').textContent()) ?? '', /Datagram from 127\.0\.0\.1, .*NetFlow v5/)
    assert.match((await step('template').textContent()) ?? '', /No template needed/)
    await step('flows').getByText('7 flows decoded').waitFor()
    const first = page.getByRole('table', { name: 'First flows' })
    await first.getByRole('cell', { name: '10.0.0.7' }).waitFor()
    assert.equal(await first.locator('tbody tr').count(), 7)
    assert.deepEqual(await violations(page), [])
    await page.close()
  })

  test('demo traffic starts and stops at a press', async () => {
    const page = await browser.open(`${server.http}/get-data`, { dark: true, width: 1024, height: 768 })
    await page.getByLabel('Flows a second').selectOption('100')
    await page.getByRole('button', { name: 'Play demo traffic' }).click()
    await page.getByText('Playing at').waitFor()
    await until('demo flows are stored', async () => (await server.call('health')).store.flows > 20)
    await page.getByRole('button', { name: 'Stop demo traffic' }).click()
    await page.getByRole('button', { name: 'Play demo traffic' }).waitFor()
    assert.equal((await server.call('health')).demo.running, false)
    assert.deepEqual(await violations(page), [])
    await page.close()
  })

  test('on a phone the steps stand one below the other, none wider than the page', async () => {
    const page = await browser.open(`${server.http}/get-data`, { width: 390, height: 844 })
    await page.getByRole('heading', { name: 'Watch it arrive' }).waitFor()
    assert.equal(await page.evaluate(() => document.querySelector('main')?.scrollWidth), 390)
    assert.deepEqual(await violations(page), [])
    await page.close()
  })

  test('no page said an error or asked another host', () => assert.deepEqual(browser.faults, []))
})
