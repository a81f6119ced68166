/** The VPC page in a real browser, against a real Weir with a flow log imported. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { noBrowser, startBrowser, violations, type PageOptions, type TestBrowser } from '../support/browser.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { weir } from '../support/weir.ts'

const HEADER =
  'version account-id interface-id vpc-id subnet-id instance-id az-id srcaddr dstaddr srcport dstport protocol packets bytes start end action tcp-flags pkt-srcaddr pkt-dstaddr flow-direction traffic-path log-status'
const ENDS = {
  a: 'eni-0aaaaaaaaaaaaaaaa vpc-01 subnet-0a i-0a euw1-az1',
  b: 'eni-0bbbbbbbbbbbbbbbb vpc-01 subnet-0b i-0b euw1-az2',
} as const
const A = '10.0.1.1'
const B = '10.0.2.2'
const MINUTES = 10

/** For each minute: 1 MB from A to B and back an answer; 2 MB from A to the internet; a request of A that B's interface rejects. */
function flowLog(toSeconds: number): string {
  const lines = [HEADER]
  for (let i = MINUTES; i > 0; i--) {
    const start = toSeconds - 60 * i
    const line = (
      end: keyof typeof ENDS,
      [src, dst]: readonly [string, string],
      [from, to]: readonly [number, number],
      bytes: number,
      action: string,
      way: string,
    ) =>
      lines.push(
        `5 123456789012 ${ENDS[end]} ${src} ${dst} ${from} ${to} 6 10 ${bytes} ${start} ${start + 30} ${action} 2 ${src} ${dst} ${way} OK`,
      )
    line('a', [A, B], [40_000 + i, 5432], 1_000_000, 'ACCEPT', 'egress 1')
    line('b', [A, B], [40_000 + i, 5432], 1_000_000, 'ACCEPT', 'ingress -')
    line('b', [B, A], [5432, 40_000 + i], 500_000, 'ACCEPT', 'egress 1')
    line('a', [B, A], [5432, 40_000 + i], 500_000, 'ACCEPT', 'ingress -')
    line('a', [A, '203.0.113.5'], [41_000 + i, 443], 2_000_000, 'ACCEPT', 'egress 8')
    line('a', [A, B], [42_000 + i, 9200], 180, 'ACCEPT', 'egress 1')
    line('b', [A, B], [42_000 + i, 9200], 180, 'REJECT', 'ingress -')
  }
  const gap = (end: keyof typeof ENDS, at: number, status: string) =>
    lines.push(
      `5 123456789012 ${ENDS[end]} - - - - - - - ${toSeconds - at} ${toSeconds - at + 60} - - - - - - ${status}`,
    )
  gap('a', 500, 'SKIPDATA')
  gap('b', 400, 'NODATA')
  return `${lines.join('\n')}\n`
}

describe('VPC', { skip: noBrowser }, () => {
  let folder: string
  let server: TestServer
  let browser: TestBrowser
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'weir-test-'))
    const log = join(folder, 'flow.log')
    writeFileSync(log, flowLog(Math.floor(Date.now() / 60_000) * 60 - 60))
    const imported = await weir('import', log, '--data', join(folder, 'data'))
    assert.equal(imported.code, 0, imported.error)
    writeFileSync(join(folder, 'weir.yaml'), 'prices:\n  currency: USD\n  crossZone: 10\n  internet: 90\n')
    server = await startServer({ dataDir: join(folder, 'data'), args: ['--config', join(folder, 'weir.yaml')] })
    browser = await startBrowser()
  })
  after(async () => {
    await browser.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const open = async (query = '', options: PageOptions = {}) => {
    const page = await browser.open(`${server.http}/vpc?refresh=off${query}`, options)
    const panel = (name: string) => page.getByRole('region', { name, exact: true }).first()
    const row = (name: string, text: string) => panel(name).locator('tbody tr', { hasText: text }).first().textContent()
    await panel('What is rejected').locator('canvas').waitFor({ state: 'visible' })
    return { page, panel, row }
  }

  test('says what is rejected, by interface, and by port at a press; the URL keeps it', async () => {
    const { page, panel, row } = await open()
    assert.match((await row('What is rejected', 'eni-')) ?? '', /eni-0bbbbbbbbbbbbbbbb10.*100/)
    await panel('What is rejected').getByRole('radio', { name: 'port' }).click()
    await page.waitForURL(/rejects=dst\.port/)
    assert.match((await row('What is rejected', '9200')) ?? '', /920010.*100/)
    await page.close()
  })

  test('Flows names the interface of a cloud where no exporter is', async () => {
    const page = await browser.open(`${server.http}/flows?refresh=off`)
    await page
      .getByRole('row')
      .getByText(ENDS.a.split(' ', 1)[0] as string)
      .first()
      .waitFor()
    await page.close()
  })

  test('which way traffic leaves, and what it costs at the configured prices', async () => {
    const { page, row } = await open()
    assert.match((await row('Ways out of the interfaces', 'internet gateway')) ?? '', /20\.0.MB57\.1.%/)
    // 20 MB at 90 USD a GB.
    assert.match((await row('What it costs', 'Out to the internet')) ?? '', /20\.0.MB90.USD1\.80.USD/)
    assert.match((await row('What it costs', 'NAT gateways')) ?? '', /–/)
    await page.close()
  })

  test('why A cannot reach B: where requests are rejected, and what to look at', async () => {
    const { page } = await open()
    await page.getByLabel('From address A').fill(A)
    await page.getByLabel('To address B').fill(B)
    await page.getByLabel('Port of B, if any').fill('9200')
    await page.keyboard.press('Enter')
    await page.waitForURL(/a=10\.0\.1\.1&b=10\.0\.2\.2&port=9200/)
    await page
      .getByText(
        /accepted at eni-0aaaaaaaaaaaaaaaa and rejected as they come in at eni-0bbbbbbbbbbbbbbbb: look at the inbound rules/,
      )
      .waitFor()
    await page.getByLabel('Port of B, if any').fill('5432')
    await page.keyboard.press('Enter')
    await page.getByText(/Both directions are let through/).waitFor()
    await page.close()
  })

  test('what is no address is told of', async () => {
    const { page } = await open()
    await page.getByLabel('From address A').fill('here')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('here is not an address.').waitFor()
    await page.close()
  })

  test('Overview shows the interfaces of the cloud where no exporter names any', async () => {
    const page = await browser.open(`${server.http}/?refresh=off`)
    const row = page.getByRole('region', { name: 'Interfaces', exact: true }).locator('tbody tr').first()
    await row.waitFor()
    assert.match((await row.textContent()) ?? '', /eni-0aaaaaaaaaaaaaaaa5\.00.MB30\.0.MB/)
    await page.close()
  })

  test('both ends of a path are known, once both interfaces have reported: what crosses zones', async () => {
    const { page, panel } = await open()
    // 1 MB there and half a MB back each minute, and ten requests of 180 bytes.
    await panel('Between zones')
      .getByText(/^15\.0.MB cross, 100.% of what is known, about 0\.300.USD\.$/)
      .waitFor()
    await page.close()
  })

  test('warns in words where records were left out', async () => {
    const { page, panel } = await open()
    await panel('Coverage').getByText('numbers of that time are too low').waitFor()
    await panel('Coverage').getByRole('img', { name: 'no traffic for 0 ms, left out for 1 min' }).waitFor()
    await page.close()
  })

  test('is clean to axe, light, dark and on a phone', async () => {
    for (const options of [{}, { dark: true }, { width: 390, height: 844 }]) {
      const { page } = await open(`&a=${A}&b=${B}&port=9200`, options)
      await page.getByText(/rejected as they come in/).waitFor()
      assert.deepEqual(await violations(page), [])
      await page.close()
    }
  })

  test('asks nobody else and says no errors', () => assert.deepEqual(browser.faults, []))
})

describe('VPC without flow logs', { skip: noBrowser }, () => {
  test('says so, and leads to Get data', async () => {
    const server = await startServer()
    const browser = await startBrowser()
    try {
      const page = await browser.open(`${server.http}/vpc`)
      await page.getByText('No flow logs of a cloud in this range').waitFor()
      await page.locator('main').getByRole('link', { name: 'Get data' }).click()
      await page.waitForURL(/get-data/)
      assert.deepEqual(browser.faults, [])
    } finally {
      await browser.close()
      await server.stop()
    }
  })
})
