import { canonicalFilter } from '../../shared/query/filter/canonical.ts'
import { parseFilter } from '../../shared/query/filter/parse.ts'
import { answer, type Route } from './route.ts'

export const filter: Route = (app, context) =>
  answer(app, 'filter', (body) => ({
    problems: parseFilter(body.filter, context.names, Date.now()).problems,
    canonical: canonicalFilter(body.filter),
  }))
