/** What is said of an exact answer with nothing in it. */
import type { AnswerMeta } from '../../src/shared/query/question.ts'
import { stateScope } from '../../src/shared/query/scope.ts'

export function answerMeta(parts: Partial<AnswerMeta> = {}): AnswerMeta {
  return {
    from: 0,
    to: 60_000,
    interval: null,
    over: null,
    resolution: 'raw',
    exact: true,
    estimated: false,
    error: null,
    sampled: false,
    scope: stateScope('all'),
    dataFrom: null,
    totals: { bytes: 0, packets: 0, flows: 0 },
    otherRow: null,
    groups: null,
    tookMs: 1,
    ...parts,
  }
}
