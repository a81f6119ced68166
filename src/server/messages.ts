/** What the threads say to each other. Batches are memory that the threads share; everything else is small. */
import type { MessagePort } from 'node:worker_threads'
import type { AnswerOf, BodyOf } from '../shared/api/contract.ts'
import type { ErrorCode } from '../shared/api/errors.ts'
import type { IntakeFilters } from './intake/filter/settings.ts'
import type { SettingsByAddress } from './intake/exporter-settings.ts'
import type { Place } from './intake/memory.ts'
import type { Covered } from './intake/log-keeper.ts'
import type { PushAnswer, Pushed, SourceStatus } from './sources/source.ts'
import type { KnownInterface } from './sources/interfaces/book.ts'
import type { SourceSettings } from './sources/settings.ts'
import type { RetentionSettings } from './stores/duckdb/care/retention.ts'
import type { SharedTexts } from './intake/texts.ts'
import type { CoverageAnswer, CoverageQuestion } from '../shared/query/coverage.ts'
import type { CounterAnswer, CounterQuestion } from '../shared/query/counters.ts'
import type { DifferencesQuestion, DifferingValues } from '../shared/query/differences.ts'
import type { SiteField } from '../shared/schema/fields.ts'
import type { SeenAnswer, SeenQuestion } from '../shared/query/seen.ts'
import type { ValuesAnswer, ValuesQuestion } from '../shared/query/values.ts'
import type { Answer, Question, RecordAnswer, RecordQuestion } from '../shared/query/question.ts'

export type ExporterStatus = AnswerOf<'exporters'>['exporters'][number]
export type ListenerStatus = AnswerOf<'health'>['intake']['listeners'][number]
export type StoreStatus = Pick<
  AnswerOf<'health'>['store'],
  | 'kind'
  | 'flows'
  | 'bytesOnDisk'
  | 'oldest'
  | 'newest'
  | 'partitions'
  | 'recovered'
  | 'lastError'
  | 'sums'
  | 'counters'
  | 'retention'
>
export type RetentionStatus = StoreStatus['retention']

/** Bounds on what exporters can make Weir keep (configuration `limits`). */
export interface IntakeLimits {
  readonly exporters: number
  readonly templates: number
  readonly templatesPerExporter: number
  /** Milliseconds; see the configuration. */
  readonly templateLifetime: number
  readonly options: number
  readonly optionsPerExporter: number
  readonly waitingSets: number
  readonly waitingBytes: number
  readonly queuedBatches: number
}

/** PEM files (configuration `tls`). */
export interface TlsSettings {
  readonly certificate: string
  readonly key: string
  readonly clientCa?: string | undefined
}

/** Of TCP and TLS listeners. */
export interface StreamSettings {
  /** Connections of a listener at a time; more are refused. */
  readonly connections: number
  /** A connection on which nothing came for this long is closed. */
  readonly idleMs: number
  /** Certificate and key; needed for `tls://`. */
  readonly tls: TlsSettings | null
}

/** `workerData` of the intake thread. */
export interface IntakeSetup {
  readonly listen: readonly string[]
  readonly receiveBufferBytes: number
  readonly streams: StreamSettings
  /** What is let in; all of it without. */
  readonly filters?: IntakeFilters
  readonly limits: IntakeLimits
  readonly settings: SettingsByAddress
  /** The site's own fields, for `addSiteFields`. */
  readonly fields: readonly SiteField[]
  /** Where what exporters tell is remembered; without, it is not. */
  readonly dataDir?: string | undefined
  readonly counters: SharedArrayBuffer
  /** Batches out, buffers back. */
  readonly store: MessagePort
}

/** `workerData` of the store thread. */
export interface StoreSetup {
  /** The site's own fields, for `addSiteFields`. */
  readonly fields: readonly SiteField[]
  readonly dataDir: string
  readonly counters: SharedArrayBuffer
  readonly threads: number
  readonly memoryLimitBytes: number
  readonly temporaryLimitBytes: number
  readonly retention: RetentionSettings
  /** For datagrams that are imported. */
  readonly limits: IntakeLimits
  readonly settings: SettingsByAddress
  readonly intake: MessagePort
  /** Of the sources thread, where there is one: batches, and its calls. */
  readonly sources?: { readonly batches: MessagePort; readonly calls: MessagePort } | undefined
}

/** `workerData` of the sources thread. */
export interface SourcesSetup {
  readonly sources: readonly SourceSettings[]
  readonly filters?: IntakeFilters
  readonly limits: IntakeLimits
  readonly settings: SettingsByAddress
  /** The site's own fields, for `addSiteFields`. */
  readonly fields: readonly SiteField[]
  readonly dataDir: string
  readonly counters: SharedArrayBuffer
  /** Batches out, buffers back. */
  readonly batches: MessagePort
  /** `SourceStoreCalls`. */
  readonly store: MessagePort
}

/** Intake → store: a batch. The store has its memory to itself until it gives it back. */
export interface BatchMessage {
  /** Which of the intake's batches. */
  readonly id: number
  readonly place: Place
  readonly rows: number
  readonly texts?: SharedTexts | undefined
}
/** Intake → store: a copy of counter samples of one day (days since 1970). */
export interface CounterMessage {
  readonly counters: ArrayBuffer
  readonly rows: number
  readonly day: number
}
/** Store → intake: so many samples are on disk, or lost with the end. */
export interface CountersDone {
  readonly samples: number
}

/** Store → intake: the batch's memory may be used again, its rows are in the database's hands. */
export interface BatchBack {
  readonly id: number
}

/** How an exporter and its interfaces are called by themselves. */
export interface ExporterNames {
  readonly address: string
  /** Null where it has not said. */
  readonly name: string | null
  /** By number. */
  readonly interfaces: ReadonlyMap<number, { readonly name: string; readonly description: string }>
}

/** Calls that the main thread makes of a worker: method name → [argument, result]. */
export interface IntakeCalls {
  exporters: [undefined, readonly ExporterStatus[]]
  listeners: [undefined, readonly ListenerStatus[]]
  /** How remembering goes: why it cannot be saved now, and what was wrong with what was saved before. */
  stateFile: [undefined, { readonly problem: string | null; readonly found: string | null }]
  /** The data folder is this process's: what exporters tell is saved there from now on. */
  keep: [undefined, undefined]
  /** Interface names of the exporter of that address, by number. */
  interfaceNames: [string, ReadonlyMap<number, string>]
  /** Of all exporters that have told any. */
  names: [undefined, readonly ExporterNames[]]
  /** Hands on what is in the current batch, closes the sockets, ends. */
  stop: [undefined, undefined]
}
export interface StoreCalls {
  query: [Question, Answer]
  /** What the answer will be, about, where it takes long; else null. */
  estimate: [Question, Answer | null]
  /** Null where there are too many flows to say it of all dimensions at once. */
  differences: [DifferencesQuestion, readonly DifferingValues[] | null]
  flows: [RecordQuestion, RecordAnswer]
  counters: [CounterQuestion, CounterAnswer]
  coverage: [CoverageQuestion, CoverageAnswer]
  seen: [SeenQuestion, SeenAnswer]
  values: [ValuesQuestion, ValuesAnswer]
  /** Copies the data folder to that one. */
  backUp: [string, AnswerOf<'backup'>]
  /** Writes flows to a file; gives how many. */
  exportTo: [{ readonly file: string; readonly question: RecordQuestion }, number]
  importFile: [
    {
      readonly path: string
      readonly name: string
      readonly type?: string | undefined
      readonly layout?: string | undefined
    },
    AnswerOf<'importFile'>,
  ]
  /** Reads dead letters again. */
  readAgain: [BodyOf<'readAgain'>, AnswerOf<'readAgain'>]
  status: [undefined, StoreStatus]
  /** Commits what is queued, checkpoints, closes the database. */
  stop: [undefined, undefined]
}

/** Calls that the main thread makes of the sources thread. */
export interface SourceCalls {
  status: [undefined, readonly SourceStatus[]]
  /** Resolves when what was pushed is durable. Rejects with `notFound` where there is no such source. */
  push: [{ readonly source: string; readonly pushed: Pushed }, PushAnswer]
  /** Network interfaces of the clouds that are read, as they were then. */
  interfaces: [{ readonly atMs: number }, readonly KnownInterface[]]
  stop: [undefined, undefined]
}

/** Calls that the sources thread makes of the store thread. */
export interface SourceStoreCalls {
  /** Resolves when all flows that the store has taken are on disk. Rejects where they cannot be written. */
  durable: [undefined, undefined]
  /** `record.id` of flows that were received then or later. */
  recordIds: [{ readonly receivedFromMs: number }, BigUint64Array]
  /** Keeps what interfaces did not see; the same fact any number of times is one. Resolves when it is on disk. */
  covered: [readonly Covered[], undefined]
}

/** Worker → main. */
export type Reply =
  | { readonly id: number; readonly result: unknown }
  | {
      readonly id: number
      readonly error: {
        readonly code: ErrorCode
        readonly message: string
        readonly detail?: Readonly<Record<string, unknown>> | undefined
      }
    }
  /** A line for the log. */
  | { readonly log: { readonly level: 'info' | 'warn' | 'error'; readonly message: string } }
  /** Once, when the worker is ready; intake adds the addresses it listens on. */
  | { readonly ready: { readonly listeners?: readonly ListenerStatus[]; readonly recovered?: string | null } }
  /** It could not start. */
  | { readonly failed: { readonly code: ErrorCode; readonly message: string } }
