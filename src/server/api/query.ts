import { resolveQuestion } from '../../shared/query/resolve.ts'
import { answer, type Route } from './route.ts'

export const query: Route = (app, context) =>
  answer(app, 'query', (body, signal) =>
    context.questions.query(resolveQuestion(body, context.names, Date.now()), signal),
  )
