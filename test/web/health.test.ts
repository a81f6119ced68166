/** Health in a real browser, against a real Weir. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { noBrowser, startBrowser, violations, type TestBrowser } from '../support/browser.ts'
import { netflow5Flows } from '../support/flows.ts'
import { startServer, until, type TestServer } from '../support/server.ts'
import { LOSS_NAMES, LOSSES, type LossName } from '../../src/shared/losses.ts'

/** NetFlow version 200: no Weir reads it. */
const UNSUPPORTED = Uint8Array.from([0, 200, 0, 1, ...Array.from({ length: 20 }, () => 0)])

describe('Health', { skip: noBrowser }, () => {
  let server: TestServer
  let browser: TestBrowser
  before(async () => {
    server = await startServer()
    browser = await startBrowser()
    await server.send(netflow5Flows(12), UNSUPPORTED, UNSUPPORTED)
    await until('twelve flows are stored', async () => (await server.call('health')).store.flows === 12)
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  test('every named loss has its line, and what was lost stands out with its meaning', async () => {
    const page = await browser.open(`${server.http}/health`)
    for (const name of LOSS_NAMES) await page.locator('summary', { hasText: name }).waitFor()
    const lost = Object.entries((await server.call('health')).intake.lost).filter(([, count]) => count > 0)
    assert.deepEqual(
      lost.map(([, count]) => count),
      [2],
    )
    const line = page.locator('summary', { hasText: lost[0]?.[0] ?? '' })
    assert.equal(await line.locator('b').textContent(), '2')
    await page.getByText('2 lost inside Weir').waitFor()
    await line.click()
    await page
      .locator('details[open]')
      .getByText(LOSSES[lost[0]?.[0] as LossName].remedy)
      .waitFor()
    assert.deepEqual(await violations(page), [])
    await page.close()
  })

  test('what is kept since when is told, and how fast it grows', async () => {
    const page = await browser.open(`${server.http}/health`)
    const table = page.getByRole('table', { name: 'Kept, by UTC days' })
    await table.waitFor()
    const today = new Date().toISOString().slice(0, 10)
    assert.match((await table.textContent()) ?? '', new RegExp(`flows${today}as long as there is room–`))
    await page.getByText('growth is known after the first whole day · room for ').waitFor()
    await page.close()
  })

  test('the exporter stands in the table and opens its details; the URL brings them back', async () => {
    const page = await browser.open(`${server.http}/health`)
    const row = page.getByRole('table', { name: 'Exporters' }).getByRole('row', { name: /127\.0\.0\.1/ })
    assert.match((await row.textContent()) ?? '', /NetFlow v5/)
    await row.getByRole('button').click()
    const details = page.getByRole('complementary', { name: '127.0.0.1' })
    await details.getByText('records').first().waitFor()
    assert.match((await details.textContent()) ?? '', /flows12/)
    assert.match(page.url(), /exporter=127\.0\.0\.1/)
    await page.reload()
    await details.waitFor()
    assert.deepEqual(await violations(page), [])
    await page.keyboard.press('Escape')
    await details.waitFor({ state: 'detached' })
    assert.doesNotMatch(page.url(), /exporter=/)
    await page.close()
  })

  test('storage says what is kept', async () => {
    const page = await browser.open(`${server.http}/health`, { dark: true, width: 1024, height: 768 })
    const { store } = await server.call('health')
    const partitions = page.getByRole('table', { name: /Partitions/ })
    await partitions.getByRole('cell', { name: store.partitions[0]?.day ?? '' }).waitFor()
    assert.match((await page.locator('section', { hasText: 'Flows kept' }).textContent()) ?? '', /Flows kept12/)
    assert.deepEqual(await violations(page), [])
    await page.close()
  })

  test('on a phone nothing is wider than the page', async () => {
    const page = await browser.open(`${server.http}/health`, { width: 390, height: 844 })
    await page.getByRole('heading', { name: 'Findings' }).waitFor()
    assert.equal(await page.evaluate(() => document.querySelector('main')?.scrollWidth), 390)
    assert.deepEqual(await violations(page), [])
    await page.close()
  })

  test('when Weir is gone, what was last known stays', async () => {
    const other = await startServer()
    const lonely = await startBrowser()
    try {
      const page = await lonely.open(`${other.http}/health`)
      await page.getByRole('heading', { name: 'Way of a flow' }).waitFor()
      await other.stop()
      await page.getByRole('alert').getByText('Weir does not answer').waitFor()
      await page.getByRole('heading', { name: 'Way of a flow' }).waitFor()
    } finally {
      await lonely.close()
    }
  })

  test('no page said an error or asked another host', () => assert.deepEqual(browser.faults, []))
})
