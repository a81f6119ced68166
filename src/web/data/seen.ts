/** When addresses were seen, as the page says it. */
import { useQuery } from '@tanstack/react-query'
import { findField, type FieldName } from '../../shared/schema/fields.ts'
import type { AnswerOf } from '../../shared/api/contract.ts'
import type { JsonValue } from '../../shared/schema/kinds.ts'
import { TEXTS } from '../texts.ts'
import { call, type CallError } from './client.ts'

export type Seen = AnswerOf<'seen'>

/** Long enough that going through records does not ask anew for each. */
const FRESH_MS = 60_000

/** When an address was seen over all that is kept; nothing is asked while `ip` is null. */
export function useSeen(ip: string | null) {
  return useQuery<Seen, CallError>({
    queryKey: ['seen', ip],
    queryFn: ({ signal }) => call('seen', { ip: ip ?? '' }, signal),
    enabled: ip !== null,
    staleTime: FRESH_MS,
  })
}

/** The address that a value is, or null. */
export function addressOf(of: readonly { readonly field: FieldName; readonly value: JsonValue }[]): string | null {
  const [one] = of
  return one && of.length === 1 && findField(one.field)?.kind === 'ip' && one.value !== null ? String(one.value) : null
}

/** `First seen 12 Oct 08:00, last seen today 14:05, on 12 days`. */
export function seenText({ first, last, days }: Seen): string {
  return first === null || last === null ? TEXTS.seen.never : TEXTS.seen.text(first, last, days.length)
}
