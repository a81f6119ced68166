/**
 * Pictures of the page with demo traffic in it: `node --import tsx bench/screenshots.ts [FOLDER]`.
 * Without a folder, writes the one that the README shows.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright-core'
import { spawnSync } from 'node:child_process'
import { Server } from './support/server.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const PAGES = {
  overview: '/?from=now-24h',
  explore: '/explore?from=now-24h',
  flows: '/flows?from=now-15m',
  health: '/health',
  'get-data': '/get-data',
}
const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } }

const folder = process.argv[2]
const dataDir = join(root, 'data', `screenshots-${process.pid}`)
mkdirSync(dataDir, { recursive: true })
spawnSync(process.execPath, ['bin/weir.mjs', 'demo', '--data', dataDir, '--history', '25h', '--rate', '60'], {
  cwd: root,
  stdio: 'inherit',
})
const server = await Server.start(dataDir)
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
try {
  await fetch(`${server.http}/api/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ run: true, flowsPerSecond: 60 }),
  })
  await new Promise((resolve) => setTimeout(resolve, 15_000))
  if (folder) {
    mkdirSync(folder, { recursive: true })
    for (const scheme of ['light', 'dark'] as const)
      for (const [size, viewport] of Object.entries(SIZES))
        for (const [name, path] of Object.entries(PAGES))
          await shoot(scheme, viewport, path, join(folder, `${name}-${scheme}-${size}.png`))
  } else {
    mkdirSync(join(root, 'docs/images'), { recursive: true })
    await shoot('light', SIZES.wide, PAGES.overview, join(root, 'docs/images/overview.png'))
  }
} finally {
  await browser.close()
  await server.stop()
  server.removeData()
}

async function shoot(
  colorScheme: 'light' | 'dark',
  viewport: { width: number; height: number },
  path: string,
  file: string,
): Promise<void> {
  const context = await browser.newContext({ colorScheme, viewport })
  const page = await context.newPage()
  await page.goto(server.http + path)
  await settled(page)
  await page.screenshot({ path: file })
  await context.close()
}

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => undefined)
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}
