/** Overview in a real browser, against a real Weir. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { noBrowser, startBrowser, violations, type PageOptions, type TestBrowser } from '../support/browser.ts'
import { netflow5Flows } from '../support/flows.ts'
import { startServer, until, type TestServer } from '../support/server.ts'

/** 8 datagrams of 30 flows of 1000 bytes and 10 packets, 10.0.0.1 … 10.0.0.30 → 198.51.100.1:443. */
const DATAGRAMS = 8
const FLOWS = DATAGRAMS * 30

describe('Overview', { skip: noBrowser }, () => {
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

  const open = async (query = '?refresh=off', options: PageOptions = {}): Promise<Page> => {
    const page = await browser.open(`${server.http}/${query}`, options)
    await page.locator('canvas').first().waitFor({ state: 'visible' })
    return page
  }
  /** The exact value behind a figure, without its unit. */
  const figure = (page: Page, label: string) =>
    page
      .getByRole('region', { name: 'Figures' })
      .locator('> div', { has: page.getByText(label, { exact: true }) })
      .locator('[title]')
      .first()
      .getAttribute('title')
      .then((title) => Number((title ?? '').replaceAll('\u2009', '').split(' ')[0]))
  const carried = (page: Page, bytes: number) =>
    until(`${bytes} bytes are carried`, async () => (await figure(page, 'Carried')) === bytes)
  const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

  test('its numbers are those that were sent', async () => {
    const page = await open()
    await carried(page, FLOWS * 1000)
    await page.getByText('240 in all').waitFor()
    await page.getByText('100 B average packet').waitFor()
    assert.equal(await figure(page, 'Exporters'), 1)
    assert.equal(await figure(page, 'Lost in Weir'), 0)
    const services = panel(page, 'Services')
    assert.match((await services.locator('tbody tr').first().textContent()) ?? '', /https.*240.*kB.*100/)
    assert.match(
      (await panel(page, 'Server ports').locator('tbody tr').first().textContent()) ?? '',
      /443.*tcp.*240.*kB/,
    )
    assert.match(
      (await panel(page, 'Interfaces').locator('tbody tr').first().textContent()) ?? '',
      /127\.0\.0\.1.*1.*240.*kB/,
    )
    const talkers = panel(page, 'Top talkers')
    assert.match((await talkers.locator('tbody tr').first().textContent()) ?? '', /10\.0\.0\.\d+8\.00.*kB3\.3/)
    assert.match((await talkers.locator('tbody tr').last().textContent()) ?? '', /Other176.*kB/)
    await page.close()
  })

  test('a filter written in the query bar is the page’s, is in the URL, and a reload brings it back', async () => {
    const page = await open()
    await page.locator('.cm-content').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('src.ip:10.0.0.1')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=src\.ip:10\.0\.0\.1/)
    await carried(page, DATAGRAMS * 1000)
    await page.reload()
    await carried(page, DATAGRAMS * 1000)
    await page.close()
  })

  test('a value filters for itself and out; back undoes', async () => {
    const page = await open()
    await carried(page, FLOWS * 1000)
    await panel(page, 'Top talkers').getByRole('button', { name: '10.0.0.1', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Filter this out' }).click()
    await page.waitForURL(/pills=!src\.ip:10\.0\.0\.1/)
    await carried(page, (FLOWS - DATAGRAMS) * 1000)
    await page.goBack()
    await carried(page, FLOWS * 1000)
    await page.close()
  })

  test('a brush on the chart narrows the time, to what the server says of it', async () => {
    const page = await open()
    const chart = page.getByRole('slider', { name: /^Traffic by service/ })
    const box = await chart.boundingBox()
    assert.ok(box)
    await page.mouse.move(box.x + box.width * 0.6, box.y + 100)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.75, box.y + 120, { steps: 4 })
    await page.mouse.move(box.x + box.width * 0.9, box.y + 120, { steps: 4 })
    await page.mouse.up()
    await page.getByRole('button', { name: 'Zoom', exact: true }).click()
    await page.waitForURL(/from=2\d{3}-.*&to=2\d{3}-/)
    const { searchParams } = new URL(page.url())
    const answer = await server.call('query', {
      from: searchParams.get('from') ?? '',
      to: searchParams.get('to') ?? '',
    })
    assert.ok(Number(answer.meta.totals.bytes) < FLOWS * 1000)
    await carried(page, Number(answer.meta.totals.bytes))
    await page.close()
  })

  test('the chart goes by keys and says its values', async () => {
    const page = await open('?refresh=off&from=now-30m')
    const chart = page.getByRole('slider', { name: /^Traffic by service/ })
    await chart.focus()
    const said = new Set<string>()
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('ArrowLeft')
      said.add((await chart.getAttribute('aria-valuetext')) ?? '')
    }
    assert.ok(said.size > 20)
    assert.ok(
      [...said].some((text) => /^\d\d:\d\d:\d\d: Total .*https .*bit\/s/.test(text)),
      [...said].join('\n'),
    )
    await page.close()
  })

  test('a figure leads to its question', async () => {
    const page = await open()
    await page.getByRole('link', { name: 'Packets now' }).click()
    await page.waitForURL(/\/explore\?.*measure=pps/)
    await page.getByRole('heading', { name: 'Packets per second by service' }).waitFor()
    await page.close()
  })

  test('is clean to axe, light, dark and on a phone', async () => {
    for (const options of [{}, { dark: true }, { width: 390, height: 844 }]) {
      const page = await open('?refresh=off&q=proto:tcp&pills=!dst.port:53;~proto:udp', options)
      await panel(page, 'Services').locator('tbody tr').first().waitFor()
      assert.deepEqual(await violations(page), [])
      await page.close()
    }
  })

  test('asks nobody else and says no errors', () => assert.deepEqual(browser.faults, []))
})

describe('Overview before the first flow', { skip: noBrowser }, () => {
  test('says where to send flows, and draws the first as it arrives', async () => {
    const server = await startServer()
    const browser = await startBrowser()
    try {
      const page = await browser.open(`${server.http}/`)
      await page.getByRole('heading', { name: 'No flows yet' }).waitFor()
      await page.getByText(server.udp, { exact: true }).waitFor()
      await page.getByRole('button', { name: 'Play demo traffic' }).waitFor()
      assert.deepEqual(await violations(page), [])
      await server.send(netflow5Flows(30))
      await page.locator('canvas').first().waitFor({ state: 'visible' })
      await page.getByText('30 in all').waitFor()
      await page.waitForURL(/from=now-5m/)
      assert.deepEqual(browser.faults, [])
    } finally {
      await browser.close()
      await server.stop()
    }
  })
})
