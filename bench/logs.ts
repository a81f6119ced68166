/**
 * AWS flow logs from a file to rows of batches, and from a file to a data folder: `npm run bench -- logs`, or by itself with the
 * millions of records of the large import: `node --import tsx bench/logs.ts 50`.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CONFIG } from '../src/server/config/schema.ts'
import { Counters } from '../src/server/counters.ts'
import { FolderIntake } from '../src/server/intake/folder-intake.ts'
import { importFile, openImport } from '../src/server/intake/import-file.ts'
import { Pipeline } from '../src/server/intake/pipeline.ts'
import { openFile } from '../src/server/intake/sources/files.ts'
import { takeContents } from '../src/server/intake/sources/log-contents.ts'
import { LogReader } from '../src/server/intake/sources/log-reader.ts'
import { table, type Figure } from './support/figure.ts'
import { toParquet, writeLog } from './support/flow-logs.ts'

const RECORDS = 1_000_000
const ROUNDS = 3
/** Millions of records of the import whose memory is measured: some 120 MB of text each. */
const LARGE = 5

const WORK = { decode, store, memory } as const

export async function logs(large = LARGE): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-bench-logs-'))
  try {
    const figures: Figure[] = []
    for (const [layout, fields] of [
      ['default', 14],
      ['all', 29],
    ] as const) {
      const text = join(folder, `${layout}.log.gz`)
      const parquet = join(folder, `${layout}.parquet`)
      writeLog(text, layout, RECORDS)
      await toParquet(text, parquet, layout)
      const peer = flowlogsReader(text)
      for (const [what, file, min] of [
        ['gzip text', text, 0.4],
        ['Parquet', parquet, 0.6],
      ] as const) {
        const name = `AWS flow log, ${fields} fields, ${what}`
        figures.push(
          { what: `${name}: decode`, value: apart('decode', file), unit: 'M records/s', want: { min }, peer },
          { what: `${name}: to flows on disk`, value: apart('store', file), unit: 'M records/s', want: { min } },
        )
      }
    }
    const file = join(folder, 'large.log.gz')
    const bytes = writeLog(file, 'all', large * 1e6)
    figures.push({
      what: `import of ${(bytes / 1e9).toFixed(1)} GB of text: most memory`,
      value: apart('memory', file),
      unit: 'MB',
      want: { max: 400 },
    })
    return figures
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** In a process of its own. */
function apart(work: keyof typeof WORK, file: string): number {
  const self = fileURLToPath(import.meta.url)
  return Number(execFileSync(process.execPath, ['--import', 'tsx', self, work, file], { encoding: 'utf8' }))
}

/** Million records in a second of CPU time, in the best of several rounds. */
async function decode(file: string): Promise<number> {
  let most = 0
  for (let round = 0; round < ROUNDS; round++) {
    const counters = new Counters()
    const { output } = new Pipeline({
      counters,
      enrichers: [],
      limits: CONFIG.parse({}).limits,
      settings: {},
      sink: {
        take(batch) {
          batch.clear()
          return batch
        },
      },
    })
    const keeper = { covered: () => {}, refused: () => {} }
    const began = process.cpuUsage()
    const { head, chunks } = await openFile(file)
    const reader = new LogReader(
      { name: file, source: file, receivedMs: Date.now(), type: 'aws-flow-log', identity: [1, 1] },
      { output, counters, keeper },
    )
    await takeContents({ head, all: chunks }, file, reader, async () => {})
    const { user, system } = process.cpuUsage(began)
    if (Object.keys(counters.losses()).length > 0) throw new Error(`losses: ${JSON.stringify(counters.losses())}`)
    most = Math.max(most, reader.flows / (user + system))
  }
  return most
}

/** The same until the flows are on disk; the database's threads count. */
async function store(file: string): Promise<number> {
  return (await imported(file)).perSecond
}

/** Most memory of an import, in MB. */
async function memory(file: string): Promise<number> {
  return (await imported(file)).megabytes
}

async function imported(file: string): Promise<{ perSecond: number; megabytes: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-bench-logs-store-'))
  const intake = await FolderIntake.open(folder, console.error)
  let megabytes = 0
  const timer = setInterval(() => (megabytes = Math.max(megabytes, process.memoryUsage().rss / 1e6)), 50)
  try {
    const began = process.cpuUsage()
    const { flows } = await importFile(await openImport(file), intake)
    const { user, system } = process.cpuUsage(began)
    return { perSecond: flows / (user + system), megabytes }
  } finally {
    clearInterval(timer)
    await intake.close()
    rmSync(folder, { recursive: true })
  }
}

/** flowlogs-reader of PyPI over the same file, in a virtual environment that is made once; undefined where it cannot be. */
function flowlogsReader(file: string): Figure['peer'] {
  const home = join(tmpdir(), 'weir-bench-flowlogs-reader')
  const python = join(home, 'bin', 'python')
  try {
    if (!existsSync(python)) {
      execFileSync('python3', ['-m', 'venv', home], { stdio: 'ignore' })
      execFileSync(python, ['-m', 'pip', 'install', '-q', 'flowlogs-reader'], { stdio: 'ignore' })
    }
    const said = execFileSync(python, ['-c', PEER, file], { encoding: 'utf8' })
    return { name: 'flowlogs-reader', value: Number(said), better: 'higher' }
  } catch (error) {
    console.error(`flowlogs-reader is left out: ${(error as Error).message.split('\n')[0]}`)
    return undefined
  }
}

const PEER = `import gzip, sys, time
from flowlogs_reader import FlowRecord
with gzip.open(sys.argv[1], 'rt') as log:
    names = [name.replace('-', '_') for name in log.readline().split()]
    known = set(FlowRecord.__slots__)
    count, began = 0, time.process_time()
    for line in log:
        fields = {name: word for name, word in zip(names, line.split()) if name in known}
        FlowRecord(fields)
        count += 1
        if count == 200000: break
    print(count / (time.process_time() - began) / 1e6)`

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [what = '', file = ''] = process.argv.slice(2)
  if (what in WORK) console.log(await WORK[what as keyof typeof WORK](file))
  else console.log(table(await logs(Number(what) || LARGE)))
}
