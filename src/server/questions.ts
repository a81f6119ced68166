/** Questions on their way to the store: ended in the database when they take too long or nobody waits for them; timed. */
import { WeirError } from '../shared/api/errors.ts'
import type { CoverageAnswer, CoverageQuestion } from '../shared/query/coverage.ts'
import type { CounterAnswer, CounterQuestion } from '../shared/query/counters.ts'
import type { DifferencesQuestion, DifferingValues } from '../shared/query/differences.ts'
import type { Answer, Question, RecordAnswer, RecordQuestion } from '../shared/query/question.ts'
import type { SeenAnswer, SeenQuestion } from '../shared/query/seen.ts'
import type { ValuesAnswer, ValuesQuestion } from '../shared/query/values.ts'
import type { StoreCalls } from './messages.ts'
import type { WorkerCalls } from './worker-calls.ts'

/** Durations that percentiles are taken over. */
const REMEMBERED = 500

export interface QuestionFigures {
  readonly asked: number
  readonly failed: number
  /** Over the last 500 answers; null before the first. */
  readonly p50Ms: number | null
  readonly p95Ms: number | null
}

export class Questions {
  private readonly store: WorkerCalls<StoreCalls>
  private readonly timeLimitMs: number
  private readonly durations: number[] = []
  private asked = 0
  private failed = 0

  constructor(store: WorkerCalls<StoreCalls>, timeLimitMs: number) {
    this.store = store
    this.timeLimitMs = timeLimitMs
  }

  /** `signal` ends the question in the database. Rejects with `timeLimit`, `cancelled` or what the store says. */
  query(question: Question, signal: AbortSignal): Promise<Answer> {
    return this.ask('query', question, signal)
  }

  estimate(question: Question, signal: AbortSignal): Promise<Answer | null> {
    return this.ask('estimate', question, signal)
  }

  differences(question: DifferencesQuestion, signal: AbortSignal): Promise<readonly DifferingValues[] | null> {
    return this.ask('differences', question, signal)
  }

  flows(question: RecordQuestion, signal: AbortSignal): Promise<RecordAnswer> {
    return this.ask('flows', question, signal)
  }

  counters(question: CounterQuestion, signal: AbortSignal): Promise<CounterAnswer> {
    return this.ask('counters', question, signal)
  }

  coverage(question: CoverageQuestion, signal: AbortSignal): Promise<CoverageAnswer> {
    return this.ask('coverage', question, signal)
  }

  seen(question: SeenQuestion, signal: AbortSignal): Promise<SeenAnswer> {
    return this.ask('seen', question, signal)
  }

  values(question: ValuesQuestion, signal: AbortSignal): Promise<ValuesAnswer> {
    return this.ask('values', question, signal)
  }

  figures(): QuestionFigures {
    const sorted = this.durations.toSorted((a, b) => a - b)
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null
    return { asked: this.asked, failed: this.failed, p50Ms: at(0.5), p95Ms: at(0.95) }
  }

  private async ask<
    C extends 'query' | 'estimate' | 'differences' | 'flows' | 'counters' | 'coverage' | 'seen' | 'values',
  >(call: C, question: StoreCalls[C][0], signal: AbortSignal): Promise<StoreCalls[C][1]> {
    const limit = AbortSignal.timeout(this.timeLimitMs)
    const began = performance.now()
    this.asked++
    try {
      const answer = await this.store.call(call, question, AbortSignal.any([signal, limit]))
      this.durations.push(performance.now() - began)
      if (this.durations.length > REMEMBERED) this.durations.shift()
      return answer
    } catch (error) {
      if (limit.aborted && !signal.aborted) {
        this.failed++
        throw new WeirError(
          'timeLimit',
          `the question took longer than ${this.timeLimitMs / 1000} s and was ended; narrow the range or the filter, or raise http.timeLimit`,
        )
      }
      if (!signal.aborted) this.failed++
      throw error
    }
  }
}
