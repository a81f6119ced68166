/** Start, idle memory, size of the page. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Figure } from './support/figure.ts'
import { Server } from './support/server.ts'

export async function footprint(): Promise<Figure[]> {
  await (await started()).stop()
  const starts: number[] = []
  for (let i = 0; i < 3; i++) {
    const server = await started()
    starts.push(server.startMs)
    await server.stop()
    server.removeData()
  }
  const server = await started()
  await new Promise((resolve) => setTimeout(resolve, 5000))
  const idle = server.rssBytes()
  await server.stop()
  server.removeData()
  return [
    { what: 'start to listening, median of 3', value: starts.toSorted((a, b) => a - b)[1] as number, unit: 'ms', want: { max: 1000 } },
    { what: 'idle memory', value: idle / 2 ** 20, unit: 'MiB', want: { max: 150 } },
    { what: 'all scripts and styles of the page, gzip', value: pageBytes() / 1000, unit: 'kB' },
  ]
}

const started = () => Server.start()

function pageBytes(): number {
  const assets = fileURLToPath(new URL('../dist/web/assets/', import.meta.url))
  return readdirSync(assets)
    .filter((name) => /\.(js|css)$/.test(name))
    .reduce((sum, name) => sum + gzipSync(readFileSync(assets + name)).length, 0)
}
