/** When an address or a network was seen, over all that is kept. */
import { WeirError } from '../api/errors.ts'
import { parseCidr, parseIp } from '../schema/ip.ts'
import type { JsonValue } from '../schema/kinds.ts'

export const SEEN_AS = ['either', 'src', 'dst'] as const
export type SeenAs = (typeof SEEN_AS)[number]

export interface SeenQuestion {
  /** Addresses from `low` to `high`, 128 bits, IPv4 mapped into ::ffff:0:0/96. */
  readonly low: bigint
  readonly high: bigint
  /** As what: source, destination, or either. */
  readonly asked: SeenAs
}

/** Flows that the addresses were on one side of. */
export interface SeenSide {
  readonly flows: JsonValue
  readonly bytes: JsonValue
}

/** A UTC day that flows of theirs ended on. */
export interface SeenDay {
  readonly day: string
  /** Start of the first flow and end of the last one, epoch milliseconds. */
  readonly first: number
  readonly last: number
  /** Null where it was not asked for, or where there was none. */
  readonly sent: SeenSide | null
  readonly received: SeenSide | null
}

export interface SeenAnswer {
  readonly first: number | null
  readonly last: number | null
  /** Oldest first. */
  readonly days: readonly SeenDay[]
  /** Days of which it is not known, because they had too many addresses and their flows are gone. */
  readonly notIndexed: readonly string[]
  /** Start of the oldest flow that is known of; null where there is none. */
  readonly dataFrom: number | null
  readonly tookMs: number
}

/** Throws `badRequest`. */
export function resolveSeen({ ip, asked }: { readonly ip: string; readonly asked: SeenAs }): SeenQuestion {
  const address = parseIp(ip)
  const range = address === null ? parseCidr(ip) : { low: address, high: address }
  if (range) return { ...range, asked }
  throw new WeirError(
    'badRequest',
    `ip: ${ip} is neither an address nor a network such as 10.0.0.0/8 or 2001:db8::/32`,
    {
      field: 'ip',
      value: ip,
    },
  )
}
