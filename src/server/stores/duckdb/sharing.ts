/** One execution for questions that are the same: those under way, and those asked again before anything new came. */

import { WeirError } from '../../../shared/api/errors.ts'

/** An answer may be this old although flows came since. */
const FRESH_MS = 1000
const REMEMBERED = 64

interface Run {
  readonly answer: Promise<unknown>
  readonly controller: AbortController
  /** Who waits for it. */
  callers: number
  answeredMs: number | null
  /** Commits before it began. */
  readonly commits: number
}

export class Sharing {
  private readonly runs = new Map<string, Run>()
  private commits = 0

  /** Something new can be asked for. */
  committed(): void {
    this.commits++
  }

  /**
   * The answer to the question `key`. Rejects with `cancelled` once `signal` fires; `ask` is ended when nobody waits for
   * it any more.
   */
  async ask<T>(key: string, signal: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal.aborted) throw cancelled()
    const known = this.runs.get(key)
    const run = known && this.isFresh(known) ? known : this.start(key, ask)
    run.callers++
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        if (--run.callers === 0) this.end(key, run)
        reject(cancelled())
      }
      signal.addEventListener('abort', leave, { once: true })
      const settle = () => {
        signal.removeEventListener('abort', leave)
        run.callers--
      }
      run.answer.then(
        (answer) => {
          settle()
          resolve(answer as T)
        },
        (error: Error) => {
          settle()
          reject(error)
        },
      )
    })
  }

  private isFresh(run: Run): boolean {
    return run.answeredMs === null || run.commits === this.commits || performance.now() - run.answeredMs < FRESH_MS
  }

  private end(key: string, run: Run): void {
    if (run.answeredMs !== null) return
    run.controller.abort()
    if (this.runs.get(key) === run) this.runs.delete(key)
  }

  private start(key: string, ask: (signal: AbortSignal) => Promise<unknown>): Run {
    const controller = new AbortController()
    const run: Run = { answer: ask(controller.signal), controller, callers: 0, answeredMs: null, commits: this.commits }
    this.runs.delete(key)
    this.runs.set(key, run)
    run.answer.then(
      () => (run.answeredMs = performance.now()),
      () => this.runs.get(key) === run && this.runs.delete(key),
    )
    if (this.runs.size > REMEMBERED) {
      const oldest = [...this.runs].find(([, each]) => each.answeredMs !== null)
      if (oldest) this.runs.delete(oldest[0])
    }
    return run
  }
}

/** How a question ends that nobody waits for. */
export function cancelled(): WeirError {
  return new WeirError('cancelled', 'the question was ended because nobody waits for its answer')
}
