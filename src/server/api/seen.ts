import { resolveSeen } from '../../shared/query/seen.ts'
import { answer, type Route } from './route.ts'

export const seen: Route = (app, context) =>
  answer(app, 'seen', (query, signal) => context.questions.seen(resolveSeen(query), signal))
