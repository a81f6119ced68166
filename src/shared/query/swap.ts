/**
 * A question with its ends swapped: sources for destinations, in for out. What a host sends becomes what it gets, what
 * comes in at an interface what goes out there. Client and server stay: who called does not change with the direction.
 */
import { FIELDS, findField, fromFields, type FieldName } from '../schema/fields.ts'
import type { Filter } from './filter/ast.ts'
import { groupText, readGroup, type Grouping } from './groups.ts'
import { partsOf, type Measure } from './measures.ts'
import type { Question } from './question.ts'
import { bad } from './refuse.ts'

/** Throws `badRequest` where nothing changes. */
export function swapQuestion(question: Question): Question {
  const swapped = {
    ...question,
    filter: question.filter && swapFilter(question.filter),
    groupBy: question.groupBy.map(swapGroup),
    measures: question.measures.map(swapMeasure),
    orderBy: swapMeasure(question.orderBy),
  }
  if (textOf(swapped) !== textOf(question)) return swapped
  throw bad(
    'swapped',
    'true',
    'changes nothing here; name a side in the filter or the groups, such as src.ip:10.0.0.1 or in.if',
  )
}

/** The field that tells of the other end; itself where there is none. */
export function otherEnd(name: FieldName): FieldName {
  return otherEnds().get(name) ?? name
}

const SIDES = [
  ['src', 'dst'],
  ['in', 'out'],
  ['prev', 'next'],
] as const

const otherEnds = fromFields(() => {
  const pairs = new Map<FieldName, FieldName>()
  for (const { name } of FIELDS)
    for (const [a, b] of SIDES)
      for (const [one, other] of [
        [a, b],
        [b, a],
      ]) {
        const found = findField(name.replace(new RegExp(`(^|\\.)${one}\\.`), `$1${other}.`))
        if (found && found.name !== name && name.includes(`${one}.`)) pairs.set(name, found.name)
      }
  return pairs
})

function swapFilter(filter: Filter): Filter {
  switch (filter.op) {
    case 'and':
    case 'or':
      return { ...filter, of: filter.of.map(swapFilter) }
    case 'not':
      return { ...filter, of: swapFilter(filter.of) }
    case 'compare':
      return { ...filter, field: otherEnd(filter.field), other: otherEnd(filter.other) }
    case 'in':
    case 'like':
    case 'match':
    case 'bits':
    case 'exists':
      return { ...filter, field: otherEnd(filter.field) }
  }
}

function swapGroup(group: Grouping): Grouping {
  if (typeof group === 'string') return otherEnd(group)
  return 'field' in group ? { ...group, field: otherEnd(group.field) } : group
}

function swapMeasure(measure: Measure): Measure {
  const parts = partsOf(measure)
  return parts.kind === 'unique'
    ? `unique(${groupText(swapGroup(readGroup(groupText(parts.of), 'measures')))})`
    : measure
}

function textOf({ filter, groupBy, measures }: Question): string {
  return JSON.stringify([filter && filterText(filter), groupBy, measures])
}

/** The same for the same parts in another order. */
function filterText(filter: Filter): string {
  if (filter.op === 'and' || filter.op === 'or') return `${filter.op}(${filter.of.map(filterText).toSorted().join()})`
  if (filter.op === 'not') return `not(${filterText(filter.of)})`
  return JSON.stringify(filter, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}
