/** Debian's Chromium, driven by Playwright, for tests of the page. It asks nobody but the Weir under test. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'

const path = executable()

/** Why browser tests cannot run here, for `skip`; false where they can. */
export const noBrowser = path === undefined ? 'chromium is missing: apt-get install -y chromium' : false

export interface PageOptions {
  readonly width?: number
  readonly height?: number
  readonly dark?: boolean
}

export interface TestBrowser {
  /** Opens a page; whatever it says in the console as an error, and every call to another host, ends up in `faults`. */
  open(url: string, options?: PageOptions): Promise<Page>
  /** What no page may do, in words. */
  readonly faults: readonly string[]
  close(): Promise<void>
}

export async function startBrowser(): Promise<TestBrowser> {
  const { chromium } = await import('playwright-core')
  const args = ['--no-sandbox', '--headless', '--disable-gpu', '--disable-background-networking']
  const browser: Browser = await chromium.launch({ executablePath: path as string, args })
  const faults: string[] = []
  return {
    faults,
    open: async (url, { width = 1440, height = 900, dark = false } = {}) => {
      const page = await browser.newPage({
        viewport: { width, height },
        colorScheme: dark ? 'dark' : 'light',
        timezoneId: 'UTC',
        reducedMotion: 'reduce',
      })
      page.on('pageerror', (error) => faults.push(`${url}: ${error.message}`))
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(`${url}: ${message.text()}`)
      })
      page.on('request', (request) => {
        const asked = new URL(request.url())
        if (asked.protocol.startsWith('http') && asked.origin !== new URL(url).origin)
          faults.push(`${url}: asked ${request.url()}`)
      })
      await page.goto(url)
      return page
    },
    close: () => browser.close(),
  }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe-core finds against the page as it stands, one line a rule and place. */
export async function violations(page: Page): Promise<string[]> {
  // As an expression and not as a script element: the page's policy forbids those.
  await page.evaluate(axe)
  const found = await page.evaluate(async () => {
    const { axe: runner } = globalThis as unknown as {
      axe: {
        run(
          root: Document,
          options: object,
        ): Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }>
      }
    }
    return (await runner.run(document, { resultTypes: ['violations'] })).violations
  })
  return found.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`))
}

function executable(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin']
  return folders
    .flatMap((folder) => ['chromium', 'chromium-browser'].map((name) => join(folder, name)))
    .find((file) => existsSync(file))
}
