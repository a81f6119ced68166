import type { AnswerOf } from '../../shared/api/contract.ts'
import { WeirError } from '../../shared/api/errors.ts'
import { LIMITS } from '../../shared/api/questions.ts'
import { canonicalFilter, namedIn } from '../../shared/query/filter/canonical.ts'
import { parseFilter } from '../../shared/query/filter/parse.ts'
import { answer, type Route } from './route.ts'

export const filters: Route = (app, { names, namedFilters }) => {
  answer(app, 'filters', () => told(namedFilters.all()))

  answer(app, 'keepFilter', async ({ filter }, _signal, { name }) => {
    await namedFilters.change((texts) => {
      const { problems, filter: meaning } = parseFilter(filter, names.with(texts), Date.now(), name)
      const first = problems[0]
      if (first)
        throw new WeirError('badFilter', first.message, { field: 'filter', from: first.from, to: first.to, problems })
      if (meaning === null)
        throw new WeirError('badRequest', 'filter says nothing; write one such as ip:10.0.0.0/8', { field: 'filter' })
      texts.set(name, canonicalFilter(filter.trim()))
      if (texts.size > LIMITS.namedFilters)
        throw new WeirError('badRequest', `there are ${LIMITS.namedFilters} named filters already; drop one first`, {
          field: 'name',
        })
    })
    return told(namedFilters.all())
  })

  answer(app, 'dropFilter', async (_body, _signal, { name }) => {
    await namedFilters.change((texts) => {
      const [user] = usersOf(name, texts)
      if (user !== undefined)
        throw new WeirError('badRequest', `@${name} stands in @${user}; change that one first`, { field: 'name' })
      if (!texts.delete(name))
        throw new WeirError('notFound', `no filter is kept as @${name}; GET /api/filters lists them`)
    })
    return told(namedFilters.all())
  })
}

function told(texts: ReadonlyMap<string, string>): AnswerOf<'filters'> {
  return { filters: Array.from(texts, ([name, filter]) => ({ name, filter, usedBy: usersOf(name, texts) })) }
}

/** Names of the filters that name this one. */
function usersOf(name: string, texts: ReadonlyMap<string, string>): string[] {
  return [...texts].flatMap(([other, text]) => (namedIn(text).has(name) ? [other] : []))
}
