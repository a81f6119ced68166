/** A request for sums, of one period or of two. */
import type { z } from 'zod'
import type { queryBody } from '../../shared/api/questions.ts'
import type { Names } from '../../shared/query/filter/names.ts'
import type { QuestionLimits } from '../../shared/query/limits.ts'
import { resolvePeriod } from '../../shared/query/periods.ts'
import type { Answer } from '../../shared/query/question.ts'
import { resolveQuestion } from '../../shared/query/resolve.ts'
import type { Answerer } from './asking.ts'
import { answerPeriods } from './periods.ts'

interface Asked {
  readonly names: Names
  readonly limits?: QuestionLimits
  readonly answerer: Answerer
}

/** Rejects with what is wrong with the request, or as `answerer` does. */
export async function ask(
  body: z.output<typeof queryBody>,
  { names, limits, answerer }: Asked,
  signal: AbortSignal,
): Promise<Answer> {
  const nowMs = Date.now()
  const question = resolveQuestion(body, names, nowMs, limits)
  const backMs = resolvePeriod(body.compare, question, nowMs)
  return backMs === null ? answerer.query(question, signal) : answerPeriods(question, backMs, answerer, names, signal)
}
