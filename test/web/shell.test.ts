/** What stands around every page, in a real browser, against a real Weir. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { noBrowser, startBrowser, type PageOptions, type TestBrowser } from '../support/browser.ts'
import { netflow5Flows } from '../support/flows.ts'
import { startServer, until, type TestServer } from '../support/server.ts'

describe('the shell', { skip: noBrowser }, () => {
  let server: TestServer
  let browser: TestBrowser
  before(async () => {
    server = await startServer()
    browser = await startBrowser()
    await server.send(netflow5Flows(30, 60_000))
    await until('all flows are stored', async () => (await server.call('health')).store.flows === 30)
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  const open = async (path = '/', options: PageOptions = {}): Promise<Page> => {
    const page = await browser.open(`${server.http}${path}`, options)
    await page.getByRole('heading', { level: 1 }).waitFor()
    return page
  }
  /** The editor has taken the plain field's place. */
  const editor = async (page: Page) => {
    const field = page.getByRole('textbox', { name: 'Filter flows' }).and(page.locator('.cm-content'))
    await field.waitFor()
    return field
  }

  test('goes to each page by its link and by its keys, and keeps what is looked at', async () => {
    const page = await open('/?from=now-6h&refresh=off')
    const pages = [
      ['Explore', 'e', '/explore'],
      ['Flows', 'f', '/flows'],
      ['VPC', 'v', '/vpc'],
      ['Health', 'h', '/health'],
      ['Get data', 'd', '/get-data'],
      ['Overview', 'o', '/'],
    ] as const
    for (const [name, key, path] of pages) {
      await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click()
      await page.waitForURL((url) => url.pathname === path && url.searchParams.get('from') === 'now-6h')
      await page
        .getByRole('navigation', { name: 'Pages' })
        .getByRole('link', { name: name === 'Health' ? 'Overview' : 'Health', exact: true })
        .click()
      await page.keyboard.press('g')
      await page.keyboard.press(key)
      await page.waitForURL((url) => url.pathname === path && url.searchParams.get('from') === 'now-6h')
    }
    await page.close()
  })

  test('a wrong filter is told of under its place and changes nothing', async () => {
    const page = await open('/explore?refresh=off')
    await (await editor(page)).click()
    await page.keyboard.type('dst.prt:443 ')
    // The list that a space opens hid what is wrong after Enter.
    await page.getByRole('listbox').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('At 1:').waitFor()
    await page.locator('.cm-lintRange-error').waitFor()
    assert.equal(new URL(page.url()).searchParams.get('q'), null)
    await page.close()
  })

  test('a half-typed filter survives a refresh of the numbers, and Escape brings back the page’s', async () => {
    const page = await open('/explore?q=proto:tcp&refresh=off')
    const field = await editor(page)
    await field.click()
    await page.keyboard.press('End')
    await page.keyboard.type(' and ')
    await page.getByRole('button', { name: 'Refresh now' }).click()
    assert.equal(await field.textContent(), 'proto:tcp and ')
    await field.click()
    await page.keyboard.press('Escape')
    await until('the page’s filter is back', async () => (await field.textContent()) === 'proto:tcp')
    await page.close()
  })

  test('fields are completed as one types', async () => {
    const page = await open('/explore?refresh=off')
    await (await editor(page)).click()
    await page.keyboard.type('server.p', { delay: 20 })
    await page.getByRole('option', { name: /server\.port/ }).click()
    await until(
      'the completion is taken',
      async () => (await page.locator('.cm-content').textContent()) === 'server.port:',
    )
    await page.close()
  })

  test('a pill can be added, turned round, switched off and taken away', async () => {
    const page = await open('/explore?refresh=off')
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByRole('textbox', { name: 'Add a filter' }).fill('dst.port:443')
    await page.keyboard.press('Enter')
    await page.waitForURL(/pills=dst\.port:443/)
    const choose = async (entry: string) => {
      await page.getByRole('button', { name: /^Change the filter/ }).click()
      await page.getByRole('menuitem', { name: entry, exact: true }).click()
    }
    await choose('Exclude what matches')
    await page.waitForURL(/pills=!dst\.port:443/)
    await page.getByText('No flows match in this range.').waitFor()
    await choose('Switch off for now')
    await page.waitForURL(/pills=~!dst\.port:443/)
    await choose('Move into the query')
    await page.waitForURL(/q=not\+\(dst\.port:443\)/)
    await page.close()
  })

  test('the time can be chosen, shifted, zoomed out and made live again', async () => {
    const page = await open('/explore?refresh=off')
    await page.keyboard.press('t')
    const panel = page.getByRole('dialog', { name: 'Choose a time range' })
    await panel.getByLabel('From', { exact: true }).fill('2026-01-02 03:04')
    await panel.getByLabel('To', { exact: true }).fill('2026-01-02 04:04')
    await panel.getByText('Fri 2 Jan 03:04 – 04:04, UTC').waitFor()
    await panel.getByRole('button', { name: 'Show this range' }).click()
    await page.waitForURL(/from=2026-01-02T03:04:00Z&to=2026-01-02T04:04:00Z/)
    await page.getByRole('button', { name: 'Earlier' }).click()
    await page.waitForURL(/from=2026-01-02T02:04:00Z&to=2026-01-02T03:04:00Z/)
    await page.keyboard.press(']')
    await page.waitForURL(/from=2026-01-02T03:04:00Z&to=2026-01-02T04:04:00Z/)
    await page.keyboard.press('z')
    await page.waitForURL(/from=2026-01-02T02:34:00Z&to=2026-01-02T04:34:00Z/)
    await page.keyboard.press('.')
    await page.waitForURL(/from=now-2h/)
    assert.equal(new URL(page.url()).searchParams.get('to'), null)
    await page.close()
  })

  test('an address typed into Jump becomes a filter', async () => {
    const page = await open('/explore?refresh=off')
    await page.keyboard.press('Control+k')
    await page
      .getByRole('searchbox')
      .or(page.getByPlaceholder(/Page, field, action/))
      .fill('10.0.0.7')
    await page.getByRole('button', { name: 'Filter for ip:10.0.0.7' }).click()
    await page.waitForURL(/pills=ip:10\.0\.0\.7/)
    await page.getByRole('row', { name: /^Total/ }).waitFor()
    await page.close()
  })

  test('one exporter can be looked at alone', async () => {
    const page = await open('/explore?refresh=off')
    await page.getByRole('button', { name: /^Which observations count/ }).click()
    await page.getByRole('menuitemradio', { name: '127.0.0.1' }).click()
    await page.waitForURL(/scope=127\.0\.0\.1/)
    await page.getByText('Last hour, seen by 127.0.0.1').waitFor()
    await page.close()
  })

  test('an address that is none says so, and the page stands', async () => {
    const page = await browser.open(`${server.http}/nowhere`)
    await page.getByText('There is no such page.').waitFor()
    await page.close()
  })

  test('on a phone the pages are at the foot, and nothing is wider than the screen', async () => {
    for (const path of ['/', '/explore', '/flows', '/health', '/get-data']) {
      const page = await open(`${path}?refresh=off`, { width: 390, height: 844 })
      const nav = await page.getByRole('navigation', { name: 'Pages' }).boundingBox()
      assert.ok(nav && nav.y > 700, `${path}: ${JSON.stringify(nav)}`)
      const wide = await page.locator('main').evaluate((main) => main.scrollWidth - main.clientWidth)
      assert.ok(wide <= 0, `${path} is ${wide} px too wide`)
      await page.close()
    }
  })

  test('says no errors and asks nobody else', () => assert.deepEqual(browser.faults, []))
})
