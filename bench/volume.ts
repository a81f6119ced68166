/**
 * Many flows of a month, asked over HTTP: `npm run bench -- volume [--flows N] [--days N] [--keep DIR] [--only PARTS]`.
 * The flows are the demo's, made by `weir demo --data`; nfdump has the same ones in its own files.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { incidents } from '../src/server/demo/incidents.ts'
import { askNfdump, fillNfdump, hasNfdump } from './nfdump.ts'
import { crowd } from './support/crowd.ts'
import type { Figure } from './support/figure.ts'
import { OVERVIEW } from './support/overview.ts'
import { Server } from './support/server.ts'
import { filesOf, forgetFiles, timed, warm, type Times } from './support/timing.ts'
import { COMPARED, DIMENSIONS, KEPT_FILTERS, OTHER_FILTER, RANGES } from './support/volume-questions.ts'

const SEED = 1
const DAY = 86_400_000
const root = fileURLToPath(new URL('..', import.meta.url))

/** What is in the folder: written beside the data. */
interface Made {
  readonly flows: number
  readonly flowsPerSecond: number
  readonly fromMs: number
  readonly toMs: number
  readonly seconds: number
}

interface Bench {
  readonly folder: string
  readonly data: string
  readonly made: Made
}

const PARTS: Readonly<Record<string, (bench: Bench) => Promise<Figure[]>>> = {
  size,
  overview,
  cold,
  dimensions,
  filters,
  host,
  nfdump,
  dashboards,
}

export async function volume(args: readonly string[]): Promise<Figure[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      flows: { type: 'string', default: '100000000' },
      days: { type: 'string', default: '30' },
      keep: { type: 'string' },
      only: { type: 'string', default: Object.keys(PARTS).join() },
    },
  })
  const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'weir-bench-'))
  try {
    const data = join(folder, 'data')
    const figures: Figure[] = []
    const bench = { folder, data, made: make(folder, data, Number(values.flows), Number(values.days)) }
    for (const [name, part] of Object.entries(PARTS)) {
      if (!values.only.split(',').includes(name)) continue
      console.error(`  ${name} …`)
      const found = await part(bench)
      for (const { what, value, unit } of found) console.error(`    ${what}: ${value.toPrecision(4)} ${unit}`)
      figures.push(...found)
    }
    return figures
  } finally {
    if (values.keep === undefined) rmSync(folder, { recursive: true })
  }
}

/** Fills the folder, or says what it holds. */
function make(folder: string, data: string, flows: number, days: number): Made {
  const about = join(folder, 'made.json')
  if (existsSync(about)) return JSON.parse(readFileSync(about, 'utf8')) as Made
  mkdirSync(folder, { recursive: true })
  const toMs = Math.floor(Date.now() / 60_000) * 60_000
  const flowsPerSecond = Number((flows / (days * 86_400)).toFixed(6))
  const span = ['--history', `${days}d`, '--until', new Date(toMs).toISOString()]
  const began = performance.now()
  const { status, stderr } = spawnSync(
    process.execPath,
    ['bin/weir.mjs', 'demo', '--data', data, ...span, '--rate', String(flowsPerSecond), '--seed', String(SEED)],
    { cwd: root },
  )
  const seconds = (performance.now() - began) / 1000
  const said = /([\d,]+) flows of/.exec(stderr.toString())
  if (status !== 0 || !said) throw new Error(`weir demo ended with ${status}: ${stderr.toString()}`)
  const made = { flows: Number(said[1]?.replaceAll(',', '')), flowsPerSecond, fromMs: toMs - days * DAY, toMs, seconds }
  writeFileSync(about, JSON.stringify(made))
  return made
}

async function size({ data, made }: Bench): Promise<Figure[]> {
  const bytes = (folder: string) =>
    existsSync(join(data, folder))
      ? filesOf(join(data, folder)).reduce((sum, path) => sum + statSync(path).blocks * 512, 0)
      : 0
  const raw = bytes('flows')
  // When each address was seen, by month.
  const seen = statSync(join(data, 'hosts.duckdb'), { throwIfNoEntry: false })?.size ?? 0
  return [
    {
      what: `${(made.flows / 1e6).toFixed(1)} M flows made and stored`,
      value: made.flows / made.seconds,
      unit: 'flows/s',
      want: { min: 500_000 },
    },
    { what: 'on disk, flows', value: raw / made.flows, unit: 'B/flow', want: { max: 26 } },
    {
      what: 'on disk, sums kept besides',
      value: ((bytes('minutes') + bytes('hours') + seen) / raw) * 100,
      unit: '% of the flows',
      want: { max: 15 },
    },
  ]
}

/** Ranges end so many seconds before the last flow as turns have passed, as those of a page that is refreshed move on. */
function range({ made }: Bench, lengthMs: number, turn: number): { readonly from: number; readonly to: number } {
  const to = made.toMs - turn * 10_000
  return { from: to - lengthMs, to }
}

async function overview(bench: Bench): Promise<Figure[]> {
  return withServer(bench, async (server) => {
    const figures: Figure[] = []
    for (const [name, lengthMs] of RANGES) {
      for (const { what, asked } of OVERVIEW) {
        const times = await warm((turn) => server.call('query', { ...asked, ...range(bench, lengthMs, turn) }))
        figures.push({ what: `Overview, ${name}, ${what}: p95`, value: times.p95, unit: 'ms', want: { max: 100 } })
      }
    }
    return figures
  })
}

/** Each question is the first one that a server is asked, and nothing of the files is in memory. */
async function cold(bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [name, lengthMs] of RANGES) {
    for (const { what, asked } of OVERVIEW) {
      const took = await withServer(bench, (server) => {
        forgetFiles(bench.data)
        return timed(() => server.call('query', { ...asked, ...range(bench, lengthMs, 0) }))
      })
      figures.push({ what: `Overview, ${name}, ${what}: cold`, value: took, unit: 'ms', want: { max: 300 } })
    }
  }
  return figures
}

async function dimensions(bench: Bench): Promise<Figure[]> {
  return withServer(bench, async (server) => {
    const figures: Figure[] = []
    const length = bench.made.toMs - bench.made.fromMs
    for (const filter of [undefined, ...KEPT_FILTERS]) {
      let worst = { field: '', p95: 0 }
      for (const field of DIMENSIONS) {
        const { p95 } = await warm(
          (turn) =>
            server.call('query', {
              ...range(bench, length, turn),
              groupBy: [field],
              measures: ['bytes'],
              ...(filter === undefined ? {} : { filter }),
            }),
          5,
        )
        if (p95 > worst.p95) worst = { field, p95 }
        if (filter === undefined)
          figures.push({ what: `top 10 by ${field}, all days: p95`, value: p95, unit: 'ms', want: { max: 200 } })
      }
      if (filter !== undefined)
        figures.push({
          what: `top 10 with ${filter}, the slowest of ${DIMENSIONS.length} fields (${worst.field}): p95`,
          value: worst.p95,
          unit: 'ms',
          want: { max: 200 },
        })
    }
    figures.push(memory('largest memory after these', server))
    return figures
  })
}

async function filters(bench: Bench): Promise<Figure[]> {
  return withServer(bench, async (server) => {
    const length = bench.made.toMs - bench.made.fromMs
    const figures: Figure[] = []
    for (const [groupBy, seconds] of [
      [['src.ip'], 3],
      [['dst.port'], 3],
      [['src.ip', 'dst.ip'], 30],
    ] as const) {
      const times = await warm(
        (turn) =>
          server.call('query', {
            ...range(bench, length, turn),
            groupBy: [...groupBy],
            measures: ['bytes'],
            filter: OTHER_FILTER,
          }),
        3,
      )
      figures.push({
        what: `top ${groupBy.join(', ')} with ${OTHER_FILTER}, all days, exact: p95`,
        value: times.p95 / 1000,
        unit: 's',
        want: { max: seconds },
      })
    }
    figures.push(memory('largest memory after these', server))
    return figures
  })
}

async function host(bench: Bench): Promise<Figure[]> {
  return withServer(bench, async (server) => {
    const length = bench.made.toMs - bench.made.fromMs
    const times = await warm((turn) =>
      server.call('flows', { ...range(bench, length, turn), filter: 'ip:10.10.16.77', limit: 50 }),
    )
    return [{ what: 'flows of one host, all days, first page: p95', value: times.p95, unit: 'ms', want: { max: 300 } }]
  })
}

async function nfdump(bench: Bench): Promise<Figure[]> {
  if (!hasNfdump()) {
    console.error('  left out: nfdump, nfcapd and sfcapd are needed (apt-get install nfdump nfdump-sflow)')
    return []
  }
  const { made } = bench
  const folder = join(bench.folder, 'nfdump')
  const filled = join(folder, 'filled')
  if (!existsSync(filled)) {
    rmSync(folder, { recursive: true, force: true })
    const { fromMs: startMs, toMs: averageToMs, flowsPerSecond } = made
    const traffic = { seed: SEED, flowsPerSecond, startMs, averageToMs, incidents: incidents(startMs, averageToMs) }
    await fillNfdump(folder, traffic, () => undefined)
    writeFileSync(filled, '')
  }
  const figures: Figure[] = []
  let weirSeconds = 0
  let nfdumpSeconds = 0
  await withServer(bench, async (server) => {
    // Its files are in memory then, as Weir's are.
    askNfdump(folder, ['-s', 'proto/bytes'], made.fromMs, made.toMs)
    for (const { what, call, asked, nfdump: args, lengthMs } of COMPARED) {
      const length = lengthMs ?? made.toMs - made.fromMs
      const ask = (turn: number) => {
        const body = { ...asked, ...range(bench, length, turn) }
        return call === 'flows' ? server.call('flows', body) : server.call('query', body)
      }
      const times: Times = await warm(ask, 5)
      const peer = askNfdump(folder, args, made.toMs - length, made.toMs)
      weirSeconds += times.median / 1000
      nfdumpSeconds += peer
      figures.push({
        what,
        value: times.median,
        unit: 'ms',
        want: { max: peer * 1000 },
        peer: { name: 'nfdump', value: peer * 1000, better: 'lower' },
      })
    }
  })
  const ratio = nfdumpSeconds / weirSeconds
  return [
    ...figures,
    { what: 'all of them together, times as fast as nfdump', value: ratio, unit: '', want: { min: 20 } },
  ]
}

/** On a copy: what arrives shall not stay. */
async function dashboards(bench: Bench): Promise<Figure[]> {
  const copy = join(bench.folder, 'copy')
  rmSync(copy, { recursive: true, force: true })
  cpSync(bench.data, copy, { recursive: true })
  const server = await Server.start(copy)
  try {
    const panels = [
      ...OVERVIEW.map(({ asked }) => ({ ...asked, from: 'now-24h' })),
      { from: 'now-7d', groupBy: ['service'], measures: ['bps' as const], interval: 'auto', limit: 8 },
    ]
    const seen = await crowd(server, { people: 10, panels, everyMs: 10_000, seconds: 60, flowsPerSecond: 100_000 })
    return [
      {
        what: 'ten people, eight panels each, 100,000 flows/s: flows lost',
        value: seen.lost,
        unit: 'flows',
        want: { max: 0 },
      },
      { what: `the same: p95 of ${seen.questions} questions`, value: seen.times.p95, unit: 'ms', want: { max: 500 } },
      { what: 'the same: median', value: seen.times.median, unit: 'ms' },
      memory('the same: largest memory', server),
    ]
  } finally {
    await server.stop()
    rmSync(copy, { recursive: true })
  }
}

function memory(what: string, server: Server): Figure {
  return { what, value: server.peakRssBytes() / 1e6, unit: 'MB', want: { max: 1500 } }
}

async function withServer<T>(bench: Bench, work: (server: Server) => Promise<T>): Promise<T> {
  const server = await Server.start(bench.data)
  try {
    return await work(server)
  } finally {
    await server.stop()
  }
}
