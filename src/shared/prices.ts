/** What clouds charge a gigabyte (10⁹ bytes) for, and what of the flows each price stands against. */
export const PRICED = {
  crossZone: 'what crosses availability zones, in each direction: AWS charges it to the sender and to the receiver',
  nat: 'what a NAT gateway processes, in either direction',
  internet: 'what leaves for the internet',
  peeringOtherRegion: 'what leaves through a peering to another region',
  transitGateway: 'what is sent into a transit gateway',
} as const

export type Priced = keyof typeof PRICED
export const PRICED_NAMES = Object.keys(PRICED) as [Priced, ...Priced[]]

/** Prices of a gigabyte, of what has one. */
export interface Prices {
  readonly currency: string
  readonly perGigabyte: Partial<Record<Priced, number>>
}

/** As configured → as kept; null where nothing has a price. */
export function pricesOf(
  configured: ({ readonly currency: string } & { readonly [P in Priced]?: number | undefined }) | undefined,
): Prices | null {
  if (!configured) return null
  const { currency, ...each } = configured
  const perGigabyte = Object.fromEntries(Object.entries(each).filter(([, price]) => price !== undefined))
  return Object.keys(perGigabyte).length === 0 ? null : { currency, perGigabyte }
}

const GIGABYTE = 1e9

/** Null where there is no price. */
export function estimatedCost(prices: Prices | null | undefined, priced: Priced, bytes: number): number | null {
  const price = prices?.perGigabyte[priced]
  if (price === undefined) return null
  return (bytes / GIGABYTE) * price * (priced === 'crossZone' ? 2 : 1)
}
