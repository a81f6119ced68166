/** Pages of CloudWatch Logs, from AWS's client to flows on disk: `npm run -s bench -- cloudwatch`. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate, setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { SOURCE, type SettingsOf } from '../src/server/sources/settings.ts'
import { CloudWatchSource } from '../src/server/sources/cloudwatch/cloudwatch.ts'
import { EventsClient } from '../src/server/sources/cloudwatch/client.ts'
import { readPage } from '../src/server/sources/cloudwatch/page.ts'
import { DuckStore } from '../src/server/stores/duckdb/store.ts'
import type { Figure } from './support/figure.ts'
import { intakeTo } from './support/source-intake.ts'

const PAGES = 120
const MIB = 2 ** 20

export async function cloudwatch(): Promise<Figure[]> {
  const nowMs = Date.now()
  const firstMs = nowMs - 3_600_000
  const { port, events, stop } = await serve(firstMs)
  process.env['AWS_ACCESS_KEY_ID'] = 'AKIABENCH'
  process.env['AWS_SECRET_ACCESS_KEY'] = 'secret'
  const aws = { region: 'us-east-1', endpoint: `http://127.0.0.1:${port}` }
  const dataDir = mkdtempSync(join(tmpdir(), 'weir-bench-cloudwatch-'))
  const store = await DuckStore.open({ dataDir, threads: 1, memoryLimitBytes: 512 * MIB })
  try {
    const { intake, close } = intakeTo(store, 'bench')
    const settings = SOURCE.parse({ type: 'cloudwatch', name: 'bench', groups: ['/vpc/flow'], ...aws })
    const clock = withoutWaiting(nowMs)
    const source = new CloudWatchSource(settings as SettingsOf<'cloudwatch'>, {
      name: 'bench',
      intake,
      folder: dataDir,
      position: null,
      savePosition: () => Promise.resolve(),
      log: (level, message) => console.error(level, message),
      ...clock,
    })
    const stopping = new AbortController()
    const cpuBefore = process.cpuUsage()
    const before = performance.now()
    const ended = source.run(stopping.signal)
    while (source.state().state !== 'ok') await wait(2)
    const seconds = (performance.now() - before) / 1000
    const cpu = process.cpuUsage(cpuBefore)
    const stored = store.status().flows
    stopping.abort()
    await ended
    close()
    if (stored !== events) throw new Error(`${stored} flows are there of ${events} events`)
    return [
      {
        what: 'CloudWatch pages, from the client of AWS to durable, on one core',
        value: events / ((cpu.user + cpu.system) / 1e6),
        unit: 'events/s of CPU',
        want: { min: 100_000 },
      },
      { what: 'the same, as time passed', value: events / seconds, unit: 'events/s' },
      ...(await reading(aws, events)),
    ]
  } finally {
    await store.close()
    rmSync(dataDir, { recursive: true })
    stop()
  }
}

/** The pages alone: as they come and read here, and with what the client of AWS makes of them. */
async function reading(aws: { region: string; endpoint: string }, events: number): Promise<Figure[]> {
  const own = new EventsClient(aws)
  const { signal } = new AbortController()
  const ownSeconds = await cpuSeconds(async () => {
    let token: string | null = null
    do token = readPage(await own.page({ group: 'x', fromMs: 0 }, token, signal), () => undefined)
    while (token !== null)
  })
  own.close()
  const client = new CloudWatchLogsClient(aws)
  const sdkSeconds = await cpuSeconds(async () => {
    let nextToken: string | undefined
    do ({ nextToken } = await client.send(new FilterLogEventsCommand({ logGroupName: 'x', nextToken })))
    while (nextToken !== undefined)
  })
  client.destroy()
  return [
    {
      what: 'CloudWatch pages, fetched and read',
      value: events / ownSeconds,
      unit: 'events/s of CPU',
      peer: { name: 'AWS SDK', value: events / sdkSeconds, better: 'higher' },
    },
  ]
}

async function cpuSeconds(run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** What is waited for has happened: calls are made as fast as they are answered. */
function withoutWaiting(startMs: number) {
  let nowMs = startMs
  return {
    now: () => nowMs,
    async wait(ms: number) {
      nowMs += ms
      await setImmediate()
    },
  }
}

async function serve(firstMs: number): Promise<{ port: number; events: number; stop: () => void }> {
  const script = fileURLToPath(new URL('support/log-pages.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, String(PAGES), String(firstMs)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { ...(JSON.parse(line.toString()) as { port: number; events: number }), stop: () => child.stdin.end() }
}
