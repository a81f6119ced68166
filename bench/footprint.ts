/** Start, also with a year of days, and idle memory. */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
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

/** With what is known of the files (`catalog.json`), and without. */
async function startWithYear(): Promise<{ known: number; unknown: number }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'weir-bench-'))
  try {
    const made = spawnSync(
      process.execPath,
      ['bin/weir.mjs', 'demo', '--data', dataDir, '--history', '365d', '--rate', '0.01'],
      { cwd: fileURLToPath(new URL('..', import.meta.url)), stdio: ['ignore', 'ignore', 'inherit'] },
    )
    if (made.status !== 0) throw new Error(`weir demo ended with ${made.status}`)
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
