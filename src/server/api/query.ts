import { ask, estimateOf } from '../compare/ask.ts'
import type { Route } from './route.ts'
import { answerTable } from './table-route.ts'

export const query: Route = (app, { names, limits, questions }) => {
  const asked = { names, limits, answerer: questions }
  answerTable(app, 'query', {
    answer: (body, signal) => ask(body, asked, signal),
    async *lines(body, signal) {
      const estimate = await estimateOf(body, asked, signal)
      if (estimate) yield estimate
      yield await ask(body, asked, signal)
    },
    async *pages(body, signal) {
      yield await ask(body, asked, signal)
    },
  })
}
