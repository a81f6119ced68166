/** What a source of flow logs is to the thread that runs it. */
import type { AnswerOf } from '../../shared/api/contract.ts'
import type { Level } from '../intake/journal.ts'
import type { SourceIntake } from './source-intake.ts'

export type SourceStatus = AnswerOf<'health'>['sources'][number]
/** How it goes, besides what is counted for it. */
export type SourceState = Pick<SourceStatus, 'state' | 'trouble' | 'remedy' | 'behindMs' | 'progress'>

export interface SourceContext {
  readonly name: string
  readonly intake: SourceIntake
  /** Where it may keep files of its own, whose names begin with that of the source. It may not be there yet. */
  readonly folder: string
  /** What `savePosition` was given last, over restarts; null the first time. It comes from a file: check its form. */
  readonly position: unknown
  /** Keeps a position: where to go on after a restart. Resolves when it is on disk. To be called after `intake.durable`. */
  savePosition(position: unknown): Promise<void>
  log(level: Level, message: string): void
  readonly now: () => number
  /** Resolves after so long, or at once when `signal` fires. */
  wait(ms: number, signal: AbortSignal): Promise<void>
}

/** What a sender pushed. */
export interface Pushed {
  readonly body: Uint8Array
  /** In small letters. */
  readonly headers: Readonly<Record<string, string>>
}
/** What it is answered. */
export interface PushAnswer {
  readonly status: number
  readonly body: string
}

export interface Source {
  /**
   * Fetches until `signal` fires, and resolves then. It does not reject for anything that the other side does: it waits longer
   * each time and says in `state` what is wrong and what mends it.
   */
  run(signal: AbortSignal): Promise<void>
  state(): SourceState
  /** Takes what was pushed; resolves when it is durable. Only of sources that are pushed to. */
  take?(pushed: Pushed): Promise<PushAnswer>
}
