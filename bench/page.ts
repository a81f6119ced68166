/** Size and speed of the page: what a browser fetches until the first Overview stands, and how long that takes. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { send } from './end-to-end.ts'
import type { Figure } from './support/figure.ts'
import { Server, until } from './support/server.ts'

const CHROMIUM = '/usr/bin/chromium'

export async function page(): Promise<Figure[]> {
  const shell: Figure = {
    what: 'page: shell (document, first scripts and styles), gzip',
    value: shellBytes() / 1000,
    unit: 'kB',
    want: { max: 180 },
  }
  if (!existsSync(CHROMIUM)) {
    console.error(`${CHROMIUM} is missing: the page is not drawn (apt-get install -y chromium)`)
    return [shell]
  }
  const server = await Server.start()
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  try {
    const truth = await send(server.udpPort, 20_000, 5)
    await until(async () => (await server.call('health')).store.flows >= truth.flows, 10)
    const loads: { ms: number; bytes: number }[] = []
    for (let i = 0; i < 5; i++) loads.push(await load(browser, server.http))
    const drawn = loads.map((each) => each.ms).toSorted((a, b) => a - b)
    return [
      shell,
      {
        what: 'page: fetched until the first Overview stands',
        value: (loads[0] as { bytes: number }).bytes / 1000,
        unit: 'kB',
        want: { max: 450 },
      },
      {
        what: 'page: first Overview drawn, median of 5 cold loads',
        value: drawn[2] as number,
        unit: 'ms',
        want: { max: 1000 },
      },
    ]
  } finally {
    await browser.close()
    await server.stop()
    server.removeData()
  }
}

/** A load with an empty cache, until the chart of the Overview has been drawn. */
async function load(
  browser: Awaited<ReturnType<typeof chromium.launch>>,
  url: string,
): Promise<{ ms: number; bytes: number }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const tab = await context.newPage()
  let bytes = 0
  const session = await context.newCDPSession(tab)
  await session.send('Network.enable')
  session.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength))
  const began = performance.now()
  await tab.goto(url)
  await tab.locator('canvas').first().waitFor({ state: 'visible' })
  const ms = performance.now() - began
  await context.close()
  return { ms, bytes }
}

/** What the document itself asks for, before any script runs. */
function shellBytes(): number {
  const root = fileURLToPath(new URL('../dist/web/', import.meta.url))
  const html = readFileSync(`${root}index.html`, 'utf8')
  const files = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1] as string)
  return [html, ...files.map((file) => readFileSync(root + file))].reduce((sum, text) => sum + gzipSync(text).length, 0)
}
