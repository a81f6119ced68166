/** Flows in a real browser, against a real Weir. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { noBrowser, startBrowser, violations, type TestBrowser } from '../support/browser.ts'
import { netflow5Flows } from '../support/flows.ts'
import { startServer, until, type TestServer } from '../support/server.ts'

/** 8 datagrams of 30 flows: more than one page of records. */
const FLOWS = 240

describe('Flows', { skip: noBrowser }, () => {
  let server: TestServer
  let browser: TestBrowser
  before(async () => {
    server = await startServer()
    browser = await startBrowser()
    for (let i = 0; i < FLOWS / 30; i++) await server.send(netflow5Flows(30, 60_000 + i * 1000))
    await until('all flows are stored', async () => (await server.call('health')).store.flows === FLOWS)
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  const open = async (query = '', options = {}): Promise<Page> => {
    const page = await browser.open(`${server.http}/flows${query}`, options)
    await page.locator('tr[aria-rowindex="2"]').waitFor()
    return page
  }
  const foot = (page: Page) => page.locator('footer', { hasText: 'loaded' })
  const records = (page: Page) => page.getByRole('region', { name: 'Records', exact: true })

  test('it counts what matches and loads page by page as one scrolls', async () => {
    const page = await open('?refresh=off')
    await page.getByText(`${FLOWS} records`).waitFor()
    await foot(page).getByText(`of ${FLOWS} · 100 loaded`).waitFor()
    await records(page).evaluate((box) => box.scrollTo({ top: box.scrollHeight }))
    await foot(page).getByText('200 loaded').waitFor()
    await records(page).evaluate((box) => box.scrollTo({ top: box.scrollHeight }))
    await foot(page).getByText(`${FLOWS} loaded`).waitFor()
    await records(page).evaluate((box) => box.scrollTo({ top: box.scrollHeight }))
    await page.locator(`tr[aria-rowindex="${FLOWS + 1}"]`).waitFor()
    await page.close()
  })

  test('J, K and Enter move and open; the details carry the exact values; a reload by URL opens the same record', async () => {
    const page = await open('?refresh=off&sort=src.ip')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    assert.equal(await page.locator('tr[aria-current]').getAttribute('aria-rowindex'), '2')
    await page.keyboard.press('Enter')
    const details = page.getByRole('complementary', { name: 'Flow record' })
    await details.getByText('50000', { exact: true }).first().waitFor()
    const text = (await details.textContent()) ?? ''
    for (const value of [
      /src\.ip10\.0\.0\.1/,
      /dst\.ip198\.51\.100\.1/,
      /dst\.port443/,
      /bytes1\.00.*kB/,
      /packets10/,
      /duration500.*ms/,
      /dst\.as64500/,
      /servicehttps/,
      /exporter127\.0\.0\.1/,
      /source\.typeNetFlow v5/,
    ])
      assert.match(text, value)
    assert.match(page.url(), /record=\d+~\d+~127\.0\.0\.1~10\.0\.0\.1~50000~198\.51\.100\.1~443~6/)
    assert.deepEqual(await violations(page), [])
    await page.reload()
    await details.getByText('50000', { exact: true }).first().waitFor()
    await page.getByRole('button', { name: 'Close Flow record' }).click()
    await details.waitFor({ state: 'detached' })
    await page.close()
  })

  test('a record shows both directions, when its ends were seen, and what its exporter reported around it', async () => {
    const page = await open('?refresh=off&sort=src.ip')
    await page.locator('tr[aria-rowindex="2"] td[data-column="duration"]').click()
    const details = page.getByRole('complementary', { name: 'Flow record' })
    const directions = details.getByRole('table', { name: 'Both directions' })
    await directions
      .getByRole('row', { name: /Packets/ })
      .getByText('80', { exact: true })
      .waitFor()
    await directions.getByRole('row', { name: 'Records ended 8 0' }).waitFor()
    await details
      .getByText(/First seen .* on 1 day$/)
      .first()
      .waitFor()
    await details.getByText('What 127.0.0.1 reported before and after').click()
    await details.locator('li button[aria-current]').waitFor()
    assert.deepEqual(await violations(page), [])
    const url = page.url()
    await details.locator('li button:not([aria-current])').first().click()
    await page.waitForURL(({ href }) => href !== url)
    await details.getByText('10.0.0.1', { exact: true }).first().waitFor({ state: 'detached' })
    await page.close()
  })

  test('a record leads to its conversation', async () => {
    const page = await open('?refresh=off&sort=src.ip')
    await page.locator('tr[aria-rowindex="2"] td[data-column="duration"]').click()
    await page.getByRole('button', { name: 'This conversation' }).click()
    await page.getByText('8 records match').waitFor()
    assert.equal(
      (
        await server.call('flows', {
          from: 'now-1h',
          filter: 'ip:10.0.0.1 and ip:198.51.100.1 and port:50000 and port:443 and proto:tcp',
        })
      ).meta.matched,
      8,
    )
    await page.close()
  })

  test('any value filters: for it, and out', async () => {
    const page = await open('?refresh=off&sort=src.ip')
    await page.locator('tr[aria-rowindex="2"]').getByRole('button', { name: '10.0.0.1', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Filter for this' }).click()
    await page.getByText('8 records match').waitFor()
    await page.goBack()
    await page.getByText(`${FLOWS} records`).waitFor()
    await page.locator('tr[aria-rowindex="2"]').getByRole('button', { name: '10.0.0.1', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Filter this out' }).click()
    await page.getByText(`${FLOWS - 8} records match`).waitFor()
    await page.close()
  })

  test('the field list shows the most frequent values with their share, and filters by them', async () => {
    const page = await open('?refresh=off')
    const list = page.getByRole('complementary', { name: 'Fields' })
    await list.getByRole('textbox', { name: 'Find a field' }).fill('srcaddr')
    await list.getByRole('button', { name: 'src.ip', exact: true }).click()
    await list.getByText('Top 5 of 30 by records').waitFor()
    const shares = await list
      .locator('li li')
      .filter({ has: page.getByRole('button', { name: /Filter for/ }) })
      .allTextContents()
    assert.equal(shares.filter((text) => text.includes('3.3 %')).length, 5)
    await list
      .getByRole('button', { name: /^Filter for 10\.0\.0\./ })
      .first()
      .click()
    await page.getByText('8 records match').waitFor()
    await page.close()
  })

  test('columns come and go, and stand in the URL', async () => {
    const page = await open('?refresh=off')
    const list = page.getByRole('complementary', { name: 'Fields' })
    await list.getByRole('textbox', { name: 'Find a field' }).fill('dst.as')
    await list.getByRole('button', { name: 'Add dst.as to the table' }).click()
    await page.getByRole('columnheader', { name: 'dst.as' }).waitFor()
    await page.locator('tr[aria-rowindex="2"]').getByText('64500').waitFor()
    assert.match(page.url(), /cols=.*dst\.as/)
    await list.getByRole('button', { name: 'Take dst.as out of the table' }).click()
    await page.getByRole('columnheader', { name: 'dst.as' }).waitFor({ state: 'detached' })
    await page.close()
  })

  test('a click on a head sorts, and the head says how', async () => {
    const page = await open('?refresh=off')
    const head = page.getByRole('columnheader', { name: 'bytes' })
    await head.getByRole('button').click()
    await page.locator('th[aria-sort="descending"]', { hasText: 'bytes' }).waitFor()
    await head.getByRole('button').click()
    await page.locator('th[aria-sort="ascending"]', { hasText: 'bytes' }).waitFor()
    assert.match(page.url(), /sort=bytes/)
    await page.close()
  })

  test('the histogram counts what the table counts, by protocol too', async () => {
    const page = await open('?refresh=off&by=proto')
    await page.getByRole('listitem').filter({ hasText: 'tcp' }).getByText('100.0 %').waitFor()
    const { rows, columns } = await server.call('query', { from: 'now-1h', measures: ['flows'], interval: 'auto' })
    const at = columns.findIndex((column) => column.name === 'flows')
    assert.equal(
      rows.reduce((sum, row) => sum + Number(row[at]), 0),
      FLOWS,
    )
    await page.close()
  })

  test('what is loaded is exported, and the menu says how much that is', async () => {
    const page = await open('?refresh=off&sort=src.ip&cols=src.ip,bytes')
    await page.getByRole('button', { name: /Export/ }).click()
    await page.getByText(`${FLOWS} match`, { exact: true }).waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'CSV, 100 loaded records' }).click(),
    ])
    const lines = readFileSync(await file.path(), 'utf8')
      .trimEnd()
      .split('\r\n')
    assert.equal(lines.length, 101)
    const names = lines[0]?.split(',') ?? []
    const first = lines[1]?.split(',') ?? []
    assert.equal(first[names.indexOf('src.ip')], '10.0.0.1')
    assert.equal(first[names.indexOf('bytes')], '1000')

    await page.getByRole('button', { name: /Export/ }).click()
    const [all] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Parquet, all that match' }).click(),
    ])
    assert.match(all.suggestedFilename(), /^weir-flows-.*\.parquet$/)
    const parquet = readFileSync(await all.path())
    assert.equal(parquet.toString('latin1', 0, 4) + parquet.toString('latin1', parquet.length - 4), 'PAR1PAR1')
    await page.close()
  })

  test('newer records come in by themselves, but not while one reads further down', async () => {
    const page = await open('?refresh=1s')
    await records(page).evaluate((box) => box.scrollTo({ top: 600 }))
    await page.getByText('not refreshed while you read further down').waitFor()
    await page.getByRole('button', { name: 'Back to the newest' }).click()
    await page.getByText('not refreshed while you read further down').waitFor({ state: 'detached' })
    await server.send(netflow5Flows(5))
    await page.getByText(`${FLOWS + 5} records`).waitFor()
    await page.close()
  })

  test('nothing found says so and offers the way back', async () => {
    const page = await browser.open(`${server.http}/flows?refresh=off&q=src.ip:192.0.2.200`)
    await page.getByText('No record matches.').waitFor()
    assert.deepEqual(await violations(page), [])
    await page.getByRole('button', { name: 'Take all filters away' }).click()
    await page.locator('tr[aria-rowindex="2"]').waitFor()
    await page.close()
  })

  test('a link to a record that is not there says so', async () => {
    const page = await open('?refresh=off&record=1~1~127.0.0.1~10.0.0.1~1~10.0.0.2~2~6')
    await page.getByText('This record is not here.').waitFor()
    await page.close()
  })

  test('dark, narrow, and as a list on a phone: clean to axe, nothing wider than the page', async () => {
    const dark = await open('?refresh=off&by=service', { dark: true, width: 1024, height: 768 })
    assert.deepEqual(await violations(dark), [])
    await dark.close()
    const phone = await open('?refresh=off', { width: 390, height: 844 })
    assert.equal(await phone.evaluate(() => document.querySelector('main')?.scrollWidth), 390)
    assert.deepEqual(await violations(phone), [])
    await phone.close()
  })

  test('no page said an error or asked another host', () => assert.deepEqual(browser.faults, []))
})
