import { ask } from '../compare/ask.ts'
import type { Route } from './route.ts'
import { answerTable } from './table-route.ts'

export const query: Route = (app, { names, limits, questions }) => {
  const answer = (body: Parameters<typeof ask>[0], signal: AbortSignal) =>
    ask(body, { names, limits, answerer: questions }, signal)
  answerTable(app, 'query', {
    answer,
    async *pages(body, signal) {
      yield await answer(body, signal)
    },
  })
}
