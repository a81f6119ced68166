import { resolveQuestion } from '../../shared/query/resolve.ts'
import type { Route } from './route.ts'
import { answerTable } from './table-route.ts'

export const query: Route = (app, context) => {
  const ask = (body: Parameters<typeof resolveQuestion>[0], signal: AbortSignal) =>
    context.questions.query(resolveQuestion(body, context.names, Date.now(), context.limits), signal)
  answerTable(app, 'query', {
    answer: ask,
    async *pages(body, signal) {
      yield await ask(body, signal)
    },
  })
}
