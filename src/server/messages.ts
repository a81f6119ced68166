/** What the three threads say to each other. Batches travel by transfer; everything else is small. */
import type { MessagePort } from 'node:worker_threads'
import type { AnswerOf } from '../shared/api/contract.ts'
import type { ErrorCode } from '../shared/api/errors.ts'
import type { Answer, Question, RecordAnswer, RecordQuestion } from '../shared/query/question.ts'

export type ExporterStatus = AnswerOf<'exporters'>['exporters'][number]
export type ListenerStatus = AnswerOf<'health'>['intake']['listeners'][number]
export type StoreStatus = Pick<
  AnswerOf<'health'>['store'],
  'kind' | 'flows' | 'bytesOnDisk' | 'oldest' | 'newest' | 'partitions' | 'recovered' | 'lastError'
>

/** Bounds on what exporters can make Weir keep (configuration `limits`). */
export interface IntakeLimits {
  readonly exporters: number
  readonly templates: number
  readonly templatesPerExporter: number
  readonly options: number
  readonly optionsPerExporter: number
  readonly waitingSets: number
  readonly waitingBytes: number
  readonly queuedBatches: number
}

/** `workerData` of the intake thread. */
export interface IntakeSetup {
  readonly listen: readonly string[]
  readonly receiveBufferBytes: number
  readonly limits: IntakeLimits
  /** Sampling rate by exporter address, for exporters that do not announce one. */
  readonly samplingOverride: Readonly<Record<string, number>>
  readonly counters: SharedArrayBuffer
  /** Batches out, buffers back. */
  readonly store: MessagePort
}

/** `workerData` of the store thread. */
export interface StoreSetup {
  readonly dataDir: string
  readonly counters: SharedArrayBuffer
  readonly threads: number
  readonly memoryLimitBytes: number
  readonly intake: MessagePort
}

/** Intake → store: a batch, its buffer transferred. */
export interface BatchMessage {
  readonly buffer: ArrayBuffer
  readonly rows: number
}
/** Store → intake: the buffer comes back once the rows are in the database's hands. */
export interface BufferMessage {
  readonly buffer: ArrayBuffer
}

/** Calls that the main thread makes of a worker: method name → [argument, result]. */
export interface IntakeCalls {
  exporters: [undefined, readonly ExporterStatus[]]
  listeners: [undefined, readonly ListenerStatus[]]
  /** Hands on what is in the current batch, closes the sockets, ends. */
  stop: [undefined, undefined]
}
export interface StoreCalls {
  query: [Question, Answer]
  flows: [RecordQuestion, RecordAnswer]
  status: [undefined, StoreStatus]
  /** Commits what is queued, checkpoints, closes the database. */
  stop: [undefined, undefined]
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
