/** One execution for questions that are the same: those under way, and those asked again before what they read has changed. */

import { WeirError } from '../../../../shared/api/errors.ts'

/** Answers kept. */
const REMEMBERED = 64

interface Run {
  readonly answer: Promise<unknown>
  readonly controller: AbortController
  /** Who waits for it. */
  callers: number
  answered: boolean
  /** Of what it reads, when it began. */
  readonly state: string
}

export class Sharing {
  private readonly runs = new Map<string, Run>()

  /**
   * The answer to the question `key`, where `state` is another one as soon as the answer may be. Rejects with `cancelled` once `signal` fires; `ask` is ended when nobody waits for
   * it any more.
   */
  async ask<T>(key: string, state: string, signal: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal.aborted) throw cancelled()
    const known = this.runs.get(key)
    const run = known?.state === state ? known : this.start(key, state, ask)
    run.callers++
    return new Promise<T>((resolve, reject) => {
      const depart = () => {
        signal.removeEventListener('abort', leave)
        run.callers--
      }
      const leave = () => {
        depart()
        if (run.callers === 0) this.end(key, run)
        reject(cancelled())
      }
      signal.addEventListener('abort', leave)
      run.answer.then(
        (answer) => {
          if (!signal.aborted) depart()
          resolve(answer as T)
        },
        (error: Error) => {
          if (!signal.aborted) depart()
          reject(error)
        },
      )
    })
  }

  private end(key: string, run: Run): void {
    if (run.answered) return
    run.controller.abort()
    if (this.runs.get(key) === run) this.runs.delete(key)
  }

  private start(key: string, state: string, ask: (signal: AbortSignal) => Promise<unknown>): Run {
    const controller = new AbortController()
    const run: Run = { answer: ask(controller.signal), controller, callers: 0, answered: false, state }
    this.runs.delete(key)
    this.runs.set(key, run)
    run.answer.then(
      () => (run.answered = true),
      () => this.runs.get(key) === run && this.runs.delete(key),
    )
    if (this.runs.size > REMEMBERED) {
      const oldest = [...this.runs].find(([, each]) => each.answered)
      if (oldest) this.runs.delete(oldest[0])
    }
    return run
  }
}

/** How a question ends that nobody waits for. */
export function cancelled(): WeirError {
  return new WeirError('cancelled', 'the question was ended because nobody waits for its answer')
}
