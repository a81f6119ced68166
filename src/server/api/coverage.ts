import { resolveRange } from '../../shared/query/resolve.ts'
import { answer, type Route } from './route.ts'

export const coverage: Route = (app, context) =>
  answer(app, 'coverage', (body, signal) =>
    context.questions.coverage({ ...resolveRange(body, Date.now()), limit: body.limit }, signal),
  )
