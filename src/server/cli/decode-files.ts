/** `weir decode`: capture → pipeline without enrichers → JSON lines. */
import { WeirError } from '../../shared/api/errors.ts'
import { addSiteFields } from '../../shared/schema/fields.ts'
import { readConfig } from '../config/config.ts'
import { exporterSettings } from '../config/exporters.ts'
import { Counters } from '../counters.ts'
import { flowJson } from '../intake/flow-text.ts'
import { Pipeline } from '../intake/pipeline.ts'
import { RawReader } from '../intake/raw/raw-reader.ts'
import { openDatagrams } from '../intake/sources/files.ts'
import { countLost } from '../intake/sources/pcap.ts'
import { print, say, sayCaptureProblems } from './output.ts'

export interface DecodeOptions {
  /** A YAML file. */
  readonly config?: string
  /** Ends with a line of counters on stderr. */
  readonly counters: boolean
  /** Records as they stand on the wire instead of flows. */
  readonly raw: boolean
}

/** Writes the flows of all files, one after the other; templates of one hold for the next. */
export async function decodeFiles(files: readonly string[], options: DecodeOptions): Promise<void> {
  const config = await readConfig(options.config, {})
  addSiteFields(config.fields)
  const counters = new Counters()
  const lines = new Lines()
  const pipeline = new Pipeline({
    counters,
    limits: config.limits,
    settings: exporterSettings(config),
    ...(options.raw ? { tap: new RawReader((record) => lines.add(`${JSON.stringify(record)}\n`)) } : {}),
    enrichers: [],
    sink: {
      take(batch) {
        if (!options.raw) for (let row = 0; row < batch.rows; row++) lines.add(`${flowJson(batch, row)}\n`)
        batch.clear()
        return batch
      },
    },
  })
  // What comes in slowly, from a tcpdump at work, is shown as it comes.
  const timer = setInterval(() => {
    pipeline.flush()
    void lines.print()
  }, SHOWN_AFTER_MS)
  try {
    for (const path of files) {
      const file = await openDatagrams(path)
      for await (const { payload, sourceAddress, sourcePort, timeMs, session } of file.datagrams) {
        pipeline.receive(payload, sourceAddress, timeMs, sourcePort, session)
        if (lines.many) await lines.print()
      }
      sayCaptureProblems(file.name, file.summary)
      countLost(file.summary, counters)
      if (file.summary.datagrams === 0)
        throw new WeirError(
          'failed',
          `${file.name}: no UDP datagram and no IPFIX message over TCP in its ${file.summary.frames} frames`,
        )
    }
  } finally {
    clearInterval(timer)
    pipeline.flush()
    await lines.print()
    if (options.counters) say(JSON.stringify(countersOf(counters)))
  }
  if (counters.get('exporters') === 0) {
    throw new WeirError(
      'failed',
      `${files.join(', ')}: none of the ${counters.get('datagrams')} datagrams is NetFlow, IPFIX or sFlow that Weir reads (${Object.keys(counters.losses()).join(', ')})`,
    )
  }
}

const CHUNK_BYTES = 1 << 20
const SHOWN_AFTER_MS = 500
const FIGURES = ['datagrams', 'bytes', 'records', 'flows', 'options', 'templates', 'waitingSets'] as const

function countersOf(counters: Counters): object {
  return { ...Object.fromEntries(FIGURES.map((name) => [name, counters.get(name)])), lost: counters.losses() }
}

/** Text as it grows, in chunks of bytes: 8,192 flows as one string keep the garbage collector busier than all else. */
class Lines {
  private chunk = Buffer.allocUnsafe(CHUNK_BYTES)
  private length = 0
  private full: Buffer[] = []
  private printed = Promise.resolve()

  add(line: string): void {
    // A UTF-16 unit is three bytes at most.
    const most = line.length * 3
    if (this.length + most > CHUNK_BYTES) this.next()
    if (most > CHUNK_BYTES) this.full.push(Buffer.from(line))
    else this.length += this.chunk.write(line, this.length)
  }

  /** Whether it is time to print. */
  get many(): boolean {
    return this.full.length > 0
  }

  /** Prints all that is there, after what is being printed. */
  print(): Promise<void> {
    this.next()
    const chunks = this.full.splice(0)
    this.printed = printAfter(this.printed, chunks)
    return this.printed
  }

  private next(): void {
    if (this.length === 0) return
    this.full.push(this.chunk.subarray(0, this.length))
    this.chunk = Buffer.allocUnsafe(CHUNK_BYTES)
    this.length = 0
  }
}

async function printAfter(before: Promise<void>, chunks: readonly Buffer[]): Promise<void> {
  await before
  for (const chunk of chunks) await print(chunk)
}
