/** Named filters in the query bar, in a real browser, against a real Weir. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { noBrowser, startBrowser, violations, type TestBrowser } from '../support/browser.ts'
import { netflow5Flows } from '../support/flows.ts'
import { startServer, until, type TestServer } from '../support/server.ts'

describe('named filters', { skip: noBrowser }, () => {
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

  test('the present one is kept under a name, put into the query, and dropped', async () => {
    const page = await browser.open(`${server.http}/explore?q=srcport:*&refresh=off`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByRole('button', { name: 'Named filters' }).click()
    const panel = page.getByRole('dialog')
    const name = panel.getByRole('textbox', { name: 'Name' })
    await name.fill('Ha ve')
    await panel.getByText('Small letters, digits').waitFor()
    await name.fill('have-ports')
    await panel.getByRole('button', { name: 'Save' }).click()
    await panel.getByText('@have-ports').waitFor()
    await panel.getByText('src.port:*').waitFor()
    assert.deepEqual((await server.call('filters')).filters, [{ name: 'have-ports', filter: 'src.port:*', usedBy: [] }])
    assert.deepEqual(await violations(page), [])

    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Clear the filter' }).click()
    await page.waitForURL((url) => url.searchParams.get('q') === null)
    await page.getByRole('button', { name: 'Named filters' }).click()
    await panel.getByRole('button', { name: /^@have-ports/ }).click()
    await page.waitForURL((url) => url.searchParams.get('q') === '@have-ports')
    await page.getByRole('button', { name: 'Named filters' }).click()
    await panel.getByRole('button', { name: 'Drop @have-ports' }).click()
    await until('it is gone', async () => (await server.call('filters')).filters.length === 0)
    await page.close()
  })
})
