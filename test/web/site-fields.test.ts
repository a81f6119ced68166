/** A site's own field in a real browser, from what Health says of an element to its charts, against a real Weir. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { noBrowser, startBrowser, violations, type TestBrowser } from '../support/browser.ts'
import { startServer, until, type TestServer } from '../support/server.ts'
import { ip4, set, template, u32, u8, version10, type Octets } from '../support/wire.ts'

const VARIABLE = 0xffff
const TEMPLATE = set(2, template(256, [8, 4], [12, 4], [1, 4], [12_340, VARIABLE, 9], [96, VARIABLE]))
const counted = (text: string): Octets => [...u8(Buffer.from(text).length), ...Buffer.from(text)]
const record = (bytes: number, vlan: string, app: string): Octets => [
  ...ip4('10.0.0.1'),
  ...ip4(`10.0.0.${bytes}`),
  ...u32(bytes),
  ...counted(vlan),
  ...counted(app),
]
/** What an exporter may send to harm whoever looks. */
const HOSTILE = '<img src=x onerror=alert(1)>"\u001b[2J'
const message = () =>
  version10(
    [TEMPLATE, set(256, record(250, 'Büro', 'youtube'), record(200, 'lab', HOSTILE), record(30, '', 'you * 2'))],
    { seconds: Math.floor(Date.now() / 1000) },
  )

describe("a site's own field", { skip: noBrowser }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-site-'))
  let browser: TestBrowser
  let server: TestServer
  const start = async (config: string, flows: number) => {
    const file = join(folder, 'weir.yaml')
    writeFileSync(file, config)
    server = await startServer({ dataDir: join(folder, 'data'), args: ['--config', file] })
    await server.send(message())
    await until('the flows are stored', async () => (await server.call('health')).store.flows === flows)
  }
  before(async () => {
    browser = await startBrowser()
  })
  after(async () => {
    await browser.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('begins with what Health says of the element, which is what the configuration takes', async () => {
    await start('', 3)
    const page = await browser.open(`${server.http}/health?exporter=127.0.0.1`)
    const unknown = page.getByRole('list', { name: 'Elements that are kept nowhere' })
    await unknown.getByText('9.12340').waitFor()
    assert.match((await unknown.textContent()) ?? '', /3 records.*Büro/)
    await unknown.getByRole('button', { name: 'Keep this' }).click()
    const lines = (await unknown.getByLabel('Configuration that keeps 9.12340').textContent()) ?? ''
    assert.equal(lines, 'fields:\n  - name: my.element_9_12340\n    element: 9.12340\n    kind: keyword\n')
    await unknown.getByRole('button', { name: 'Copy the lines' }).waitFor()
    assert.deepEqual(await violations(page), [])
    await page.close()
    await server.stop()
    await start(lines, 6)
  })

  test('is completed in the query bar, filtered by, grouped by and shown', async () => {
    const page = await browser.open(`${server.http}/explore?refresh=off&by=my.element_9_12340&view=table`)
    await page.getByRole('heading', { name: 'Bits per second by my.element_9_12340' }).waitFor()
    await page.getByRole('row', { name: /^Büro/ }).waitFor()
    await page.locator('.cm-content').click()
    await page.keyboard.type('my.el', { delay: 20 })
    await page.getByRole('option', { name: /my\.element_9_12340/ }).click()
    await page.keyboard.type('b*ro')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=my\.element_9_12340:b\*ro/)
    await page.getByRole('row', { name: /^lab/ }).waitFor({ state: 'detached' })
    await page.getByRole('row', { name: /^Büro/ }).waitFor()
    assert.deepEqual(await violations(page), [])
    await page.close()
  })

  test('stands in the records, as texts do that are not to be trusted: as they are, with nothing done', async () => {
    const page = await browser.open(
      `${server.http}/flows?refresh=off&cols=end,my.element_9_12340,app,bytes&q=app:*img*&sort=bytes`,
    )
    await page.getByText('2 records').waitFor()
    const shown = (await page.locator('tr[aria-rowindex="2"]').textContent()) ?? ''
    assert.ok(shown.includes('<img src=x onerror=alert(1)>"\ufffd[2J'), shown)
    assert.equal(await page.locator('img').count(), 0)
    await page.locator('tr[aria-rowindex="2"]').click()
    const details = page.getByRole('complementary', { name: 'Flow record' })
    await details.getByText('lab', { exact: true }).waitFor()
    await page.close()
    assert.deepEqual(browser.faults, [])
  })
})
