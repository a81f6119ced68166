/**
 * Share of an interface's speed: `utilisation`, or a statistic over base buckets such as `utilisation.max`. It is worked
 * out from bits per second of groups that are interfaces, so a question asks for those in its stead.
 */
import type { Scope } from './scope.ts'
import { groupText, type Grouping } from './groups.ts'
import { STATISTIC_NAMES, type Measure } from './measures.ts'
import { bad } from './refuse.ts'

const NAME = 'utilisation'
/** By what it is asked for: the rate that it is worked out from. */
const RATES = new Map<string, Measure>([
  [NAME, 'bps'],
  ...STATISTIC_NAMES.map((each): [string, Measure] => [`${NAME}.${each}`, `bps.${each}`]),
])

/** The rate behind a share of speed; undefined for any other measure. */
export function rateBehind(measure: string): Measure | undefined {
  return RATES.get(measure)
}

/** Which groups are interfaces, and whose. Throws `badRequest` where that is not said. */
export function resolveInterfaceGroups(groupBy: readonly Grouping[], scope: Scope): InterfaceGroups {
  const names = groupBy.map(groupText)
  const sides = names.filter((name) => name === 'in.if' || name === 'out.if')
  const one = sides[0]
  if (one === undefined || sides.length > 1)
    throw bad('measures', NAME, 'is of one interface; group by in.if or by out.if, not by both')
  const exporter = names.indexOf('exporter')
  if (exporter < 0 && typeof scope !== 'object')
    throw bad(
      'measures',
      NAME,
      'needs to know whose interfaces these are; group by exporter too, or take the scope of one',
    )
  return {
    index: names.indexOf(one),
    exporter: exporter < 0 ? (scope as { readonly exporter: string }).exporter : exporter,
  }
}

export interface InterfaceGroups {
  /** Place of the interface's number among the groups. */
  readonly index: number
  /** Place of its exporter among the groups, or the one exporter's address. */
  readonly exporter: number | string
}

/** An order by it would put interfaces of different speeds side by side that no answer holds. Throws `badRequest`. */
export function refuseOrder(orderBy: string | undefined): void {
  if (orderBy !== undefined && rateBehind(orderBy))
    throw bad(
      'orderBy',
      orderBy,
      `is worked out after the order; order by ${rateBehind(orderBy)} and ask for more groups`,
    )
}
