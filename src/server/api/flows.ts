import { resolveRecordQuestion } from '../../shared/query/resolve.ts'
import { answer, type Route } from './route.ts'

export const flows: Route = (app, context) =>
  answer(app, 'flows', (body, signal) =>
    context.questions.flows(resolveRecordQuestion(body, context.names, Date.now()), signal),
  )
