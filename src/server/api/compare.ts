import { resolveComparison } from '../../shared/query/resolve-compare.ts'
import { explain } from '../compare/explain.ts'
import { answer, type Route } from './route.ts'

export const compare: Route = (app, context) =>
  answer(app, 'compare', (body, signal) =>
    explain(
      resolveComparison(body, context.names, Date.now(), context.limits),
      context.questions,
      context.names,
      signal,
    ),
  )
