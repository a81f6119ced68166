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
      const [user] = usersIn(texts).get(name) ?? []
      if (user !== undefined)
        throw new WeirError('badRequest', `@${name} stands in @${user}; change that one first`, { field: 'name' })
      if (!texts.delete(name))
        throw new WeirError('notFound', `no filter is kept as @${name}; GET /api/filters lists them`)
    })
    return told(namedFilters.all())
  })
}

function told(texts: ReadonlyMap<string, string>): AnswerOf<'filters'> {
  const users = usersIn(texts)
  return { filters: Array.from(texts, ([name, filter]) => ({ name, filter, usedBy: users.get(name) ?? [] })) }
}

/** Names of the filters that name each; every text is read once. */
function usersIn(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string[]> {
  const users = new Map<string, string[]>()
  for (const [user, text] of texts)
    for (const name of namedIn(text)) users.set(name, [...(users.get(name) ?? []), user])
  return users
}
