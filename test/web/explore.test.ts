/** Explore in a real browser, against a real Weir. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { BodyOf } from '../../src/shared/api/contract.ts'
import { noBrowser, startBrowser, violations, type TestBrowser } from '../support/browser.ts'
import { netflow5Flows } from '../support/flows.ts'
import { startServer, until, type TestServer } from '../support/server.ts'

const DATAGRAMS = 4
const FLOWS = DATAGRAMS * 30

describe('Explore', { skip: noBrowser }, () => {
  let server: TestServer
  let browser: TestBrowser
  before(async () => {
    server = await startServer()
    browser = await startBrowser()
    for (let i = 0; i < DATAGRAMS; i++) await server.send(netflow5Flows(30, 60_000 + i * 120_000))
    await until('all flows are stored', async () => (await server.call('health')).store.flows === FLOWS)
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  const open = async (query: string): Promise<Page> => {
    const page = await browser.open(`${server.http}/explore?refresh=off&${query}`)
    await page.locator('tbody tr').first().waitFor()
    return page
  }
  const row = (page: Page, name: string | RegExp) => page.getByRole('row', { name })
  const text = async (page: Page, name: string | RegExp) =>
    ((await row(page, name).textContent()) ?? '').replaceAll('\u2009', ' ')

  test('chart and table answer the question in the URL, and the rows add up', async () => {
    const page = await open('by=src.ip&measure=bytes&top=10&chart=bars')
    await page.getByRole('heading', { name: 'Bytes by src.ip' }).waitFor()
    await page.locator('canvas').waitFor({ state: 'visible' })
    assert.equal(await page.locator('tbody tr').count(), 12)
    assert.match(await text(page, /^Other/), /80\.0 kB66\.7 %$/)
    assert.match(await text(page, /^Total/), /30 in all.*120 kB100 %$/)
    await page.close()
  })

  test('a measure that does not add up: lines, its own total, ordered by itself', async () => {
    const page = await open('by=proto&measure=unique(dst.ip)')
    await page.getByRole('heading', { name: 'Unique: Destination address by proto' }).waitFor()
    await page.locator('canvas').waitFor({ state: 'visible' })
    assert.equal(await page.getByRole('radio', { name: 'Lines' }).isChecked(), true)
    assert.equal(await page.getByRole('radio', { name: 'Stacked' }).count(), 0)
    await page.getByRole('button', { name: /^Measure:/ }).click()
    await page.getByRole('menuitemradio', { name: /^Bits per second, peak/ }).click()
    await page.getByRole('heading', { name: 'Bits per second, peak by proto' }).waitFor()
    await page.close()
  })

  test('the builder changes the question: measure, fields, their order, top, kind', async () => {
    const page = await open('')
    await page.getByRole('button', { name: /^Measure:/ }).click()
    await page.getByRole('menuitemradio', { name: /^Packets per second(?!,)/ }).click()
    await page.waitForURL(/measure=pps/)
    await page.getByRole('button', { name: 'Add a field to group by' }).click()
    await page.getByRole('combobox', { name: 'Find a field' }).fill('destination as')
    await page.keyboard.press('Enter')
    await page.waitForURL(/by=service,dst\.as/)
    await row(page, /https\s*64500/).waitFor()
    await page.getByRole('button', { name: 'dst.as: move or remove' }).click()
    await page.getByRole('menuitem', { name: 'Move to the left' }).click()
    await page.waitForURL(/by=dst\.as,service/)
    await page.getByRole('button', { name: 'Remove service' }).click()
    await page.waitForURL(/by=dst\.as(&|$)/)
    await page.getByRole('button', { name: /^Show:/ }).click()
    await page.getByRole('menuitemradio', { name: 'top 3' }).click()
    await page.waitForURL(/top=3/)
    await page.getByRole('radio', { name: 'Table' }).click()
    await page.waitForURL(/chart=table/)
    assert.equal(await page.locator('canvas').count(), 0)
    await page.goBack()
    await page.locator('canvas').waitFor({ state: 'visible' })
    await page.close()
  })

  test('a column sorts', async () => {
    const page = await open('by=src.ip&top=50&chart=table')
    await page.getByRole('columnheader', { name: 'src.ip' }).getByRole('button').click()
    await page.waitForURL(/sort=src\.ip/)
    assert.match((await page.locator('tbody tr').first().textContent()) ?? '', /^10\.0\.0\.1/)
    assert.match((await page.locator('tbody tr').nth(29).textContent()) ?? '', /^10\.0\.0\.30/)
    await page.close()
  })

  test('shows the question, and asks it again from a shell', async () => {
    const page = await open('by=src.ip')
    await page.getByRole('button', { name: 'Show the question' }).click()
    const asked = JSON.parse(
      (await page.getByLabel('As asked, POST /api/query').textContent()) ?? '',
    ) as BodyOf<'query'>
    const answer = await server.call('query', asked)
    assert.equal(answer.meta.totals.flows, FLOWS)
    assert.match((await page.getByLabel('As the store was asked').textContent()) ?? '', /SELECT/)
    assert.match((await page.getByLabel('From a shell').textContent()) ?? '', /^curl .*\/api\/query/)
    assert.deepEqual(await violations(page), [])
    await page.close()
  })

  test('the table and every bucket go into files', async () => {
    const page = await open('by=service&measure=bps')
    const saved = async (entry: string) => {
      await page.getByRole('button', { name: 'Export' }).click()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: entry }).click(),
      ])
      return readFileSync(await download.path(), 'utf8').split('\r\n')
    }
    const table = await saved('Download the table')
    assert.equal(table[0], 'service,bps.min,bps.avg,bps.p95,bps.max,bps.last,bytes.total,share')
    assert.match(table.find((line) => line.startsWith('https')) ?? '', /,120000,1$/)
    const buckets = await saved('Download every bucket')
    assert.equal(buckets[0], 'time,service,bps')
    await page.close()
  })

  test('nothing to show says why, and offers the nearest thing that is', async () => {
    const page = await browser.open(`${server.http}/explore?refresh=off&q=dst.port:9`)
    await page.getByText('No flows match in this range.').waitFor()
    await page.getByRole('button', { name: 'Clear the filters' }).click()
    await row(page, /https/).waitFor()
    await page.close()
  })

  test('is clean to axe, and says no errors', async () => {
    for (const chart of ['stacked', 'lines', 'bars', 'table']) {
      const page = await open(`by=src.ip,service&chart=${chart}`)
      assert.deepEqual(await violations(page), [])
      await page.close()
    }
    assert.deepEqual(browser.faults, [])
  })
})
