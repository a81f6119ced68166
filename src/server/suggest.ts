/** Completion of a filter that is being typed: what the language has at the cursor, then what the flows have. */
import type { z } from 'zod'
import type { AnswerOf } from '../shared/api/contract.ts'
import type { suggestQuery } from '../shared/api/suggest.ts'
import type { Filter } from '../shared/query/filter/ast.ts'
import { and } from '../shared/query/filter/combine.ts'
import { beginning, sidesOf } from '../shared/query/filter/complete-values.ts'
import { offersAt, written } from '../shared/query/filter/complete-words.ts'
import { contextAt, type FilterContext } from '../shared/query/filter/complete.ts'
import type { Names } from '../shared/query/filter/names.ts'
import { parseFilter } from '../shared/query/filter/parse.ts'
import { resolveRange, resolveScope } from '../shared/query/resolve.ts'
import type { ValuesAnswer } from '../shared/query/values.ts'
import { field as fieldOf, type Field } from '../shared/schema/fields.ts'
import type { Frozen } from './frozen.ts'
import type { Health } from './health/health.ts'
import type { Questions } from './questions.ts'
import { namesOf } from './value-names.ts'

type Suggestions = Frozen<AnswerOf<'suggest'>>
type Item = Suggestions['items'][number]

/** For looking further than at the newest flows. The whole answer is to come within 100 ms. */
const BUDGET_MS = 60

interface Sources {
  readonly names: Names
  readonly questions: Questions
  readonly health: Health
}

/** Throws `badRequest` or `notAvailable`; rejects with what the store says. */
export async function suggestions(
  query: z.output<typeof suggestQuery>,
  sources: Sources,
  nowMs: number,
  signal: AbortSignal,
): Promise<Suggestions> {
  const began = performance.now()
  const range = resolveRange(query, nowMs)
  const scope = resolveScope(scopeOf(query.scope))
  const cursor = Math.min(query.cursor ?? query.filter.length, query.filter.length)
  const context = contextAt(query.filter, cursor)
  const offers = context ? offersAt(context, query.limit) : []
  const asked = context ? valuesAt(context) : null
  const { filter, leftOut } = restOf(context?.rest ?? [], sources.names, nowMs)
  const answer = (items: readonly Item[], found: ValuesAnswer | null): Suggestions => ({
    from: context?.from ?? cursor,
    to: context?.to ?? cursor,
    items: items.slice(0, query.limit),
    meta: {
      field: asked?.field.name ?? null,
      flows: found?.flows ?? 0,
      matched: found?.matched ?? 0,
      complete: found?.complete ?? true,
      leftOut: asked ? leftOut : [],
      tookMs: performance.now() - began,
    },
  })
  if (!context || !asked) return answer(offers, null)
  const of = sidesOf(asked.field).flatMap((side) => {
    const wanted = beginning(side, asked.typed, sources.names)
    return wanted ? [{ field: side.name, wanted }] : []
  })
  if (of.length === 0) return answer(offers, null)
  const question = { ...range, scope, filter, of, limit: query.limit, budgetMs: BUDGET_MS }
  const found = await sources.questions.values(question, signal)
  const values = await itemsOf(asked, found, context, sources.health)
  const have = new Set(values.map(({ label }) => label))
  const others = offers.filter(({ label }) => !have.has(label))
  return answer(context.place.kind === 'value' ? [...values, ...others] : [...others, ...values], found)
}

interface Asked {
  readonly field: Field
  readonly typed: string
  /** Put before the value where the field is not written yet. */
  readonly prefix: string
}

/** The field whose values fit; null where none do. */
function valuesAt({ place, typed }: FilterContext): Asked | null {
  if (place.kind === 'test') {
    const name = bareField(typed)
    return name === null ? null : { field: fieldOf(name), typed, prefix: `${name}:` }
  }
  if (place.kind !== 'value' || place.field.kind === 'time' || place.field.role === 'measure') return null
  return { field: place.field, typed, prefix: '' }
}

/** What a value without a field belongs to: as the language reads it. */
function bareField(typed: string): 'ip' | 'port' | 'service' | null {
  if (/^\d{2,5}$/.test(typed)) return 'port'
  if (/^(\d{1,3}\.[\d.]*|[\da-f]{1,4}:[\da-f:]*)$/i.test(typed)) return 'ip'
  return /^[a-z][\w-]+$/i.test(typed) ? 'service' : null
}

async function itemsOf(asked: Asked, found: ValuesAnswer, context: FilterContext, health: Health): Promise<Item[]> {
  const { field, prefix } = asked
  const names = await namesOf(
    field,
    found.values.map(({ value }) => value),
    health,
  )
  const opens = context.place.kind === 'value' && context.place.list === 'opens'
  return found.values.map(({ value, flows }) => {
    const text = prefix + written(field, value)
    return {
      text: opens ? `(${text})` : text,
      label: prefix + shown(field, value),
      kind: 'value',
      detail: names.get(value) ?? '',
      flows,
      unit: 'flows',
    }
  })
}

/** Without the quotes that it is written in. */
function shown(field: Field, value: string | number | boolean): string {
  const text = written(field, value)
  return text.startsWith('"') ? String(value) : text
}

/** What holds besides, as far as it can be read; what cannot is said. */
function restOf(
  parts: readonly string[],
  names: Names,
  nowMs: number,
): { readonly filter: Filter | null; readonly leftOut: string[] } {
  const read = parts.map((text) => ({ text, ...parseFilter(text, names, nowMs) }))
  const filters = read.flatMap(({ filter }) => (filter ? [filter] : []))
  return {
    filter: filters.length > 0 ? and(filters) : null,
    leftOut: read.flatMap(({ text, problems }) => (problems.length > 0 ? [text] : [])),
  }
}

/** In the address a scope is one word. */
function scopeOf(text: string): Parameters<typeof resolveScope>[0] {
  return text === 'all' || text === 'ingress' || text === 'deduplicated' ? text : { exporter: text }
}
