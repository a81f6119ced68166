/** The panel that explains a window, in a real browser, against a real Weir. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { explainCodec } from '../../src/web/parts/explain/search.ts'
import { noBrowser, startBrowser, violations, type TestBrowser } from '../support/browser.ts'
import { netflow5Flows } from '../support/flows.ts'
import { startServer, until, type TestServer } from '../support/server.ts'

const MINUTE = 60_000

test('the window that is explained stands in the URL, and nothing that is none', () => {
  const written = explainCodec.write({
    explain: { fromMs: Date.UTC(2026, 10, 24, 10), toMs: Date.UTC(2026, 10, 24, 11) },
    against: 'usual',
  })
  assert.deepEqual(written, { explain: '2026-11-24T10:00:00Z/2026-11-24T11:00:00Z', against: 'usual' })
  assert.deepEqual(explainCodec.read(written).explain?.toMs, Date.UTC(2026, 10, 24, 11))
  for (const explain of ['', 'x', '2026-11-24T10:00:00Z', '2026-11-24T11:00:00Z/2026-11-24T10:00:00Z'])
    assert.equal(explainCodec.read({ explain }).explain, null)
})

describe('Explain', { skip: noBrowser }, () => {
  let server: TestServer
  let browser: TestBrowser
  let nowMs: number
  before(async () => {
    server = await startServer()
    browser = await startBrowser()
    nowMs = Date.now()
    // Half an hour ago 30 hosts talked; in the ten minutes before that one of them.
    await server.send(netflow5Flows(30, 30 * MINUTE), netflow5Flows(1, 40 * MINUTE))
    await until('all flows are stored', async () => (await server.call('health')).store.flows === 31)
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  const rows = (page: Page) => page.getByRole('complementary').locator('ol').first().locator('li')
  const windowOf = () => {
    const iso = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`
    return `${iso(nowMs - 35 * MINUTE)}/${iso(nowMs - 25 * MINUTE)}`
  }

  test('names the values that make the difference; a press makes one a filter', async () => {
    const page = await browser.open(`${server.http}/explore?refresh=off&explain=${windowOf()}`)
    await rows(page).first().waitFor()
    const text = ((await page.getByRole('complementary').textContent()) ?? '').replaceAll('\u2009', ' ')
    assert.match(text, /Traffic rose by 387 bit\/s/)
    assert.deepEqual(await violations(page), [])
    const field = await rows(page).first().textContent()
    await page
      .getByRole('button', { name: /^Keep only src\.ip:10\.0\.0\.\d+$/ })
      .first()
      .click()
    await page.waitForURL(/pills=src\.ip:10\.0\.0\./)
    assert.match(field ?? '', /^1/)
    await page.keyboard.press('Escape')
    await page.waitForURL((url) => !url.searchParams.has('explain'))
    await page.close()
  })

  test('is opened with the mouse from what was selected, and by keys', async () => {
    for (const path of ['explore', '']) {
      const page = await browser.open(`${server.http}/${path}?refresh=off`)
      const chart = page.getByRole('slider').first()
      await chart.waitFor()
      const box = await chart.boundingBox()
      assert.ok(box)
      await page.mouse.move(box.x + box.width * 0.4, box.y + 100)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width * 0.6, box.y + 120, { steps: 4 })
      await page.mouse.up()
      await page.getByRole('button', { name: 'Explain', exact: true }).click()
      await page.waitForURL(/explain=2/)
      await page.getByRole('heading', { name: 'What is different in this window' }).waitFor()
      await page.getByRole('button', { name: /^Close/ }).click()
      await page.waitForURL((url) => !url.searchParams.has('explain'))
      await chart.focus()
      await page.keyboard.press('ArrowLeft')
      for (let i = 0; i < 8; i++) await page.keyboard.press('Shift+ArrowLeft')
      await page.keyboard.press('e')
      await page.waitForURL(/explain=2/)
      await page.close()
    }
  })

  test('says why there is nothing to compare with, and what to choose', async () => {
    const page = await browser.open(`${server.http}/explore?refresh=off&explain=${windowOf()}&against=usual`)
    await page
      .getByRole('complementary')
      .getByRole('alert')
      .getByText(/usual needs flows/)
      .waitFor()
    await page.getByRole('radio', { name: 'just before' }).click()
    await rows(page).first().waitFor()
    await page.close()
    assert.deepEqual(
      browser.faults.filter((fault) => !fault.includes('400')),
      [],
    )
  })

  test('says so where nothing differs, and lies over the page on a phone', async () => {
    const page = await browser.open(
      `${server.http}/explore?refresh=off&explain=2026-01-01T00:00:00Z/2026-01-01T01:00:00Z`,
      { width: 390, height: 844 },
    )
    await page.getByRole('complementary').getByText('No value differs').waitFor()
    const box = await page.getByRole('complementary').boundingBox()
    assert.ok(box && box.width > 360 && box.x >= 0, JSON.stringify(box))
    assert.deepEqual(await violations(page), [])
    await page.close()
  })
})
