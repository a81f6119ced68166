/** Start, also with a year of days, and idle memory. */
import { copyFileSync, readdirSync, rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckStore } from '../src/server/stores/duckdb/store.ts'
import { flowsFrom } from './store.ts'
import { generator } from './support/random.ts'
import type { Figure } from './support/figure.ts'
import { Server } from './support/server.ts'

export async function footprint(): Promise<Figure[]> {
  await (await Server.start()).stop()
  const starts: number[] = []
  for (let i = 0; i < 3; i++) {
    const server = await Server.start()
    starts.push(server.startMs)
    await server.stop()
    server.removeData()
  }
  const server = await Server.start()
  await new Promise((resolve) => setTimeout(resolve, 5000))
  const idle = server.rssBytes()
  await server.stop()
  server.removeData()
  const year = await startWithYear()
  return [
    { what: 'start with 365 days in the folder', value: year.known, unit: 'ms', want: { max: 2000 } },
    { what: '… whose files are all to be read', value: year.unknown, unit: 'ms', want: { max: 5000 } },
    {
      what: 'start to listening, median of 3',
      value: starts.toSorted((a, b) => a - b)[1] as number,
      unit: 'ms',
      want: { max: 1000 },
    },
    { what: 'idle memory', value: idle / 2 ** 20, unit: 'MiB', want: { max: 150 } },
  ]
}

/** With what is known of the 1,095 files (`catalog.json`), and without. */
async function startWithYear(): Promise<{ known: number; unknown: number }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'weir-bench-'))
  try {
    await fillYear(dataDir)
    const start = async () => {
      const server = await Server.start(dataDir)
      await server.stop()
      return server.startMs
    }
    await start()
    const known = await start()
    rmSync(join(dataDir, 'catalog.json'))
    return { known, unknown: await start() }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** One day with its sums, and 364 that are the same. */
async function fillYear(dataDir: string): Promise<void> {
  const store = await DuckStore.open({ dataDir, threads: 1, memoryLimitBytes: 512 * 2 ** 20 })
  await store.append(flowsFrom(0, generator(1)))
  await store.commit()
  await store.settle()
  await store.close()
  for (const kind of ['flows', 'minutes', 'hours']) {
    const folder = join(dataDir, kind)
    const [made] = readdirSync(folder)
    const first = Date.parse((made as string).slice(0, 10))
    for (let day = 1; day < 365; day++)
      copyFileSync(
        join(folder, made as string),
        join(folder, `${new Date(first - day * 86_400_000).toISOString().slice(0, 10)}.duckdb`),
      )
  }
}
