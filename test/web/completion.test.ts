/** Completion in the query bar, in a real browser, against a real Weir. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { noBrowser, startBrowser, violations, type PageOptions, type TestBrowser } from '../support/browser.ts'
import { netflow5Flows } from '../support/flows.ts'
import { startServer, until, type TestServer } from '../support/server.ts'

describe('completion in the query bar', { skip: noBrowser }, () => {
  let server: TestServer
  let browser: TestBrowser
  before(async () => {
    server = await startServer()
    browser = await startBrowser()
    await server.send(netflow5Flows(30, 60_000))
    await until('all flows are stored', async () => (await server.call('health')).store.flows === 30)
    await keepFilter('office', 'ip:10.0.0.0/8')
  })
  after(async () => {
    await browser.close()
    await server.stop()
  })

  const keepFilter = (name: string, filter: string) =>
    fetch(`${server.http}/api/filters/${name}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ filter }),
    })
  /** A page with the cursor in the query bar. */
  const open = async (query = '', options: PageOptions = {}): Promise<Page> => {
    const page = await browser.open(`${server.http}/explore?refresh=off${query}`, options)
    await page.locator('.cm-content').waitFor()
    await page.locator('.cm-content').click()
    return page
  }
  const option = (page: Page, name: RegExp) => page.getByRole('option', { name })
  const text = (page: Page) => page.locator('.cm-content').textContent()
  const reads = (page: Page, expected: string) => until(expected, async () => (await text(page)) === expected)

  test('values with how many flows have them, under the rest of the filter', async () => {
    const page = await open()
    await page.keyboard.type('dst.port:443 and src.ip:10.0.0.2')
    await option(page, /^10\.0\.0\.2\s*1$/).waitFor()
    await page.getByText('src.ip in all 30 flows').waitFor()
    // .2 and .20 to .29
    assert.equal(await page.getByRole('option').count(), 11)
    await page.close()
  })

  test('Tab takes the first entry and goes on from there', async () => {
    const page = await open()
    await page.keyboard.type('dst.po')
    await option(page, /^dst\.port/).waitFor()
    await page.keyboard.press('Tab')
    await reads(page, 'dst.port:')
    await option(page, /^443/).waitFor()
    await page.keyboard.press('Tab')
    await reads(page, 'dst.port:443')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=dst\.port:443/)
    await page.close()
  })

  test('arrows choose, Enter takes what is chosen; without a choice it applies what is written', async () => {
    const page = await open()
    await page.keyboard.type('src.port:5000')
    await option(page, /^50001/).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.locator('li[aria-selected=true]', { hasText: '50001' }).waitFor()
    await page.keyboard.press('Enter')
    await reads(page, 'src.port:50001')
    await page.keyboard.type(' and src.ip:10.0.0.1')
    await option(page, /^10\.0\.0\.2/).waitFor({ state: 'detached' })
    await option(page, /^10\.0\.0\.1/).waitFor({ state: 'detached' })
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=src\.port:50001\+and\+src\.ip:10\.0\.0\.1(&|$)/)
    await page.close()
  })

  test('Escape closes the list first, and only then takes back what is written', async () => {
    const page = await open('&q=proto:tcp')
    await page.keyboard.press('End')
    await page.keyboard.type(' ')
    await option(page, /^and/).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('listbox').waitFor({ state: 'detached' })
    assert.equal(await text(page), 'proto:tcp ')
    await page.keyboard.press('Escape')
    await reads(page, 'proto:tcp')
    await page.close()
  })

  test('an address, a port or a service is found without its field; a named filter by its @', async () => {
    const page = await open()
    await page.keyboard.type('http')
    await option(page, /^service:https/).click()
    await reads(page, 'service:https')
    await page.keyboard.type(' and @of')
    await option(page, /^@office/).click()
    await reads(page, 'service:https and @office ')
    await page.close()
  })

  test('within quotes the quotes are completed too', async () => {
    const page = await open()
    await page.keyboard.type('end.reason:"idle')
    await option(page, /^idle timeout/).click()
    await reads(page, 'end.reason:"idle timeout"')
    await page.close()
  })

  test('what a chosen field is stands beside it, and what is wrong waits while there is a list', async () => {
    const page = await open()
    await page.keyboard.type('dst.ma')
    await option(page, /^dst\.mac/).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.getByText('Length of the routing prefix of the destination').waitFor()
    assert.equal(await page.getByRole('alert').count(), 0)
    await page.close()
  })

  test('the pills of the page count for values as well', async () => {
    const page = await open('&pills=src.ip:10.0.0.7')
    await page.keyboard.type('src.port:')
    await page.getByRole('option').first().waitFor()
    await until('only its port is offered', async () => (await page.getByRole('option').count()) === 2)
    assert.match((await page.getByRole('option').first().textContent()) ?? '', /^50006/)
    await page.close()
  })

  test('a filter beside the query bar is completed as well, under what holds already', async () => {
    const page = await open('&q=src.ip:10.0.0.9')
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    const field = page.getByRole('textbox', { name: 'Add a filter' }).and(page.locator('.cm-content'))
    await field.waitFor()
    await until('the field has the cursor', () => field.evaluate((element) => element.matches(':focus')))
    await page.keyboard.type('src.port:')
    await option(page, /^50008\s*1$/).waitFor()
    assert.equal(await page.getByRole('option').count(), 2)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL(/pills=src\.port:50008/)
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await field.waitFor()
    await page.getByRole('heading', { level: 1 }).click()
    await field.waitFor({ state: 'detached' })
    await page.close()
  })

  for (const [width, dark] of [
    [1440, false],
    [390, true],
  ] as const)
    test(`the list is sound at ${width}${dark ? ', dark' : ''}`, async () => {
      const page = await open('', { width, dark })
      await page.keyboard.type('dst.port:4')
      await option(page, /^443/).waitFor()
      assert.deepEqual(await violations(page), [])
      const box = await page.getByRole('listbox').boundingBox()
      assert.ok(box && box.x >= 0 && box.x + box.width <= width, JSON.stringify(box))
      await page.close()
    })

  test('no page has said an error or asked another host', () => assert.deepEqual(browser.faults, []))
})
