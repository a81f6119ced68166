/** What the configuration lets in (`intake`), read once at the start. */
import { WeirError } from '../../../shared/api/errors.ts'
import type { Filter } from '../../../shared/query/filter/ast.ts'
import { and, not } from '../../../shared/query/filter/combine.ts'
import { parseFilter } from '../../../shared/query/filter/parse.ts'
import type { Protocol } from '../../../shared/schema/codes.ts'
import { parseIp } from '../../../shared/schema/ip.ts'
import { REGISTERED } from '../../registry/names.ts'
import { rangeOf } from '../exporter-settings.ts'

/** As the configuration has it. */
export interface WrittenFilters extends Pick<IntakeFilters, 'exporters' | 'protocols'> {
  readonly keep?: string | undefined
  readonly drop?: string | undefined
}

/** As the intake thread gets it. */
export interface IntakeFilters {
  /** What flows must fit; null where all are kept. */
  readonly flows: Filter | null
  /** Addresses or `address/prefix length`. */
  readonly exporters: { readonly allow?: readonly string[] | undefined; readonly deny: readonly string[] }
  readonly protocols: { readonly deny: readonly Protocol[] }
}

/** Reads the filters: flows fit `keep`, where there is one, and not `drop`. Throws `badOption`, naming what is wrong. */
export function readFilters({ keep, drop, exporters, protocols }: WrittenFilters): IntakeFilters {
  const parts = [
    ...(keep === undefined ? [] : [parse('keep', keep)]),
    ...(drop === undefined ? [] : [not(parse('drop', drop))]),
  ]
  return { flows: parts.length === 0 ? null : and(parts), exporters, protocols }
}

/** Whether an exporter is let in, by its address; null where all are. What is denied stays out, also where it is allowed. */
export function exporterTest({ allow, deny }: IntakeFilters['exporters']): ((address: string) => boolean) | null {
  if (allow === undefined && deny.length === 0) return null
  const among = (texts: readonly string[], value: bigint): boolean =>
    texts.some((text) => {
      const range = rangeOf(text)
      return range !== null && range.low <= value && value <= range.high
    })
  return (address) => {
    const value = parseIp(address)
    return value !== null && (allow === undefined || among(allow, value)) && !among(deny, value)
  }
}

function parse(name: 'keep' | 'drop', text: string): Filter {
  const { filter, problems } = parseFilter(text, REGISTERED, Date.now())
  const wrong = problems[0]
  if (wrong) throw new WeirError('badOption', `intake.${name}: ${wrong.message}`)
  if (filter === null)
    throw new WeirError('badOption', `intake.${name} says nothing; write a filter such as proto:icmp`)
  return filter
}
