/** A request for sums: of one period or of two, with shares of interfaces' speed where they are wanted. */
import type { z } from 'zod'
import type { queryBody } from '../../shared/api/questions.ts'
import type { Names } from '../../shared/query/filter/names.ts'
import type { QuestionLimits } from '../../shared/query/limits.ts'
import { resolvePeriod } from '../../shared/query/periods.ts'
import type { Answer, Question } from '../../shared/query/question.ts'
import { bad } from '../../shared/query/refuse.ts'
import { resolveQuestion } from '../../shared/query/resolve.ts'
import { rateBehind, refuseOrder, resolveInterfaceGroups } from '../../shared/query/utilisation.ts'
import { readMeasure } from '../../shared/query/measures.ts'
import type { DuckStore } from '../stores/duckdb/store.ts'
import { addUtilisation, type CounterAnswerer } from '../utilisation.ts'
import type { Answerer } from './asking.ts'
import { answerBothWays, answerPeriods } from './periods.ts'

interface Asked {
  readonly names: Names
  readonly limits?: QuestionLimits
  readonly answerer: Answerer & CounterAnswerer
}

/** Rejects with what is wrong with the request, or as `answerer` does. */
export async function ask(
  body: z.output<typeof queryBody>,
  { names, limits, answerer }: Asked,
  signal: AbortSignal,
): Promise<Answer> {
  const nowMs = Date.now()
  refuseOrder(body.orderBy)
  const measures = [...new Set(body.measures)]
  const rates = measures.map((measure) => rateBehind(measure) ?? measure)
  const question = resolveQuestion({ ...body, measures: rates }, names, nowMs, limits)
  const groups = measures.some(rateBehind) ? resolveInterfaceGroups(question.groupBy, question.scope) : null
  const backMs = resolvePeriod(body.compare, question, nowMs)
  const answer = await (body.swapped
    ? answerBothWays(one(question, backMs), answerer, names, signal)
    : backMs === null
      ? answerer.query(question, signal)
      : answerPeriods(question, backMs, answerer, names, signal))
  if (groups === null) return answer
  const asked = measures.map((measure) => (rateBehind(measure) ? measure : readMeasure(measure, 'measures')))
  return addUtilisation(answer, question, asked, groups, answerer, signal)
}

/** What the answer will be, about; null where it is there soon, or where it is put together from several. */
export async function estimateOf(
  body: z.output<typeof queryBody>,
  { names, limits, answerer }: Asked & { readonly answerer: Estimator },
  signal: AbortSignal,
): Promise<Answer | null> {
  if (body.swapped || body.compare !== undefined || body.measures.some(rateBehind)) return null
  return answerer.estimate(resolveQuestion(body, names, Date.now(), limits), signal)
}

interface Estimator {
  estimate(question: Question, signal: AbortSignal): Promise<Answer | null>
}

/** Throws `badRequest` for what cannot be asked with the ends swapped as well. */
function one(question: Question, backMs: number | null): Question {
  if (backMs !== null) throw bad('swapped', 'true', 'goes without compare; ask the two one after the other')
  if (question.furtherMs.length > 0) throw bad('swapped', 'true', 'goes with one interval; leave the others out')
  if (question.topPer === 'bucket')
    throw bad('swapped', 'true', 'goes with the groups of the whole range; leave topPer out')
  return question
}

/** A store that is asked without a thread between. */
export function answererOf(store: DuckStore): Asked['answerer'] {
  return {
    query: (question, signal) => store.query(question, signal),
    counters: (question, signal) => store.askCounters(question, signal),
  }
}
