/** Completion of a filter that is being typed: what the language has at the cursor, then what the flows have. */
import type { z } from 'zod'
import type { AnswerOf } from '../shared/api/contract.ts'
import type { suggestQuery } from '../shared/api/suggest.ts'
import type { Filter } from '../shared/query/filter/ast.ts'
import { and } from '../shared/query/filter/combine.ts'
import { beginning, sidesOf } from '../shared/query/filter/complete-values.ts'
import { offersAt, written } from '../shared/query/filter/complete-words.ts'
import { contextAt, valuesAt, type FilterContext, type WantedValues } from '../shared/query/filter/complete.ts'
import type { Names } from '../shared/query/filter/names.ts'
import { parseFilter } from '../shared/query/filter/parse.ts'
import { resolveRange, resolveScope } from '../shared/query/resolve.ts'
import { SCOPE_NAMES, type Scope } from '../shared/query/scope.ts'
import type { ValuesAnswer } from '../shared/query/values.ts'
import type { Field } from '../shared/schema/fields.ts'
import { formatIp } from '../shared/schema/ip.ts'
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
  const offers = context ? offersAt(context, query.limit, [...(sources.names.filters?.keys() ?? [])]) : []
  const asked = context ? valuesAt(context) : null
  const { filter, leftOut } = restOf([query.within, ...(context?.rest ?? [])], sources.names, nowMs)
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
  const values = await itemsOf(asked, found, context, sources.health, exporterOf(scope, filter))
  const have = new Set(values.map(({ label }) => label))
  const others = offers.filter(({ label }) => !have.has(label))
  // What is asked of flags is mostly whether one is set; all of them together are so many numbers.
  if (context.place.kind === 'value')
    return answer(asked.field.flags ? [...others, ...values] : [...values, ...others], found)
  const room = Math.max(query.limit - values.length, Math.ceil(query.limit / 2))
  return answer([...others.slice(0, room), ...values], found)
}

async function itemsOf(
  asked: WantedValues,
  found: ValuesAnswer,
  context: FilterContext,
  health: Health,
  exporter: string | null,
): Promise<Item[]> {
  const { field, prefix } = asked
  const names = await namesOf(
    field,
    found.values.map(({ value }) => value),
    health,
    exporter,
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

/** The only exporter whose flows count; null where there may be several. */
function exporterOf(scope: Scope, filter: Filter | null): string | null {
  if (typeof scope === 'object') return scope.exporter
  for (const each of filter?.op === 'and' ? filter.of : filter ? [filter] : []) {
    const range = each.op === 'in' && each.field === 'exporter' && each.ranges.length === 1 ? each.ranges[0] : null
    if (range && range.low === range.high) return formatIp(range.low)
  }
  return null
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
  return SCOPE_NAMES.find((name) => name === text) ?? { exporter: text }
}
