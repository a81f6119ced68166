/** Flow logs, read as a source reads them, into rows, coverage and dead letters. */
import { existsSync, readFileSync } from 'node:fs'
import { recogniseLog } from '../../src/server/intake/decoders/logs/index.ts'
import type { Coverage } from '../../src/server/intake/decoders/logs/log-format.ts'
import type { Enricher } from '../../src/server/intake/enrich/enricher.ts'
import { LogReader, type DeadLetter, type LogOptions } from '../../src/server/intake/sources/log-reader.ts'
import { collect, type Row } from './rows.ts'

export interface ReadLog {
  readonly rows: Row[]
  readonly covered: Coverage[]
  readonly letters: DeadLetter[]
  /** Losses by name. */
  readonly lost: Partial<Record<string, number>>
  readonly records: number
}

export const RECEIVED_MS = Date.UTC(2026, 10, 25)

/** `sizes`: of the pieces that it comes in, again and again. */
export function readLog(
  log: string | Uint8Array,
  options: Partial<LogOptions> = {},
  sizes: readonly number[] = [1 << 16],
): ReadLog {
  const { reader, end } = openLog(options)
  const bytes = typeof log === 'string' ? Buffer.from(log) : log
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const size = sizes[n % sizes.length] as number
    reader.push(bytes.subarray(at, (at += size)))
  }
  reader.end()
  return end()
}

/** A reader, and what came of all that it was given. */
export function openLog(
  options: Partial<LogOptions> = {},
  enrichers: readonly Enricher[] = [],
): { reader: LogReader; end: () => ReadLog } {
  const { pipeline, counters, flush } = collect({ enrichers })
  const covered: Coverage[] = []
  const letters: DeadLetter[] = []
  const reader = new LogReader(
    { name: 'test.log', source: 'test', receivedMs: RECEIVED_MS, identity: [1, 1], ...options },
    {
      output: pipeline.output,
      counters,
      keeper: {
        covered: ({ source: _source, ...fact }) => void covered.push(fact),
        refused: (letter) => void letters.push(letter),
      },
    },
  )
  return {
    reader,
    end: () => ({ rows: flush(), covered, letters, lost: counters.losses(), records: reader.records }),
  }
}

/** Without what every row of a log has. */
export function told(row: Row | undefined): Row {
  const {
    received: _received,
    'record.id': _id,
    'source.name': _name,
    'source.type': _type,
    'sampling.rate': _rate,
    'sampling.source': _source,
    ...rest
  } = row ?? {}
  return rest
}

/** The type that is seen in the beginning of a file. */
export function typeOf(log: string): string | undefined {
  return recogniseLog(log.slice(0, 4096))?.name
}

const samples = new URL('../../../shared/vpc-samples/', import.meta.url)

/** For `test(name, { skip })`: the reason why there are none, or false. */
export const noSamples: string | false = existsSync(samples)
  ? false
  : 'the samples (../shared/vpc-samples) are not there'

/** A file of the shared folder. */
export function sample(name: string): string {
  return readFileSync(new URL(name, samples), 'utf8')
}
