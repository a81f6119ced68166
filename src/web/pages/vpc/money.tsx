/** Amounts of money, as estimates. */
import type { Prices } from '../../../shared/prices.ts'
import { useHealth } from '../../data/hooks.ts'
import { UNKNOWN } from '../../data/value-text.ts'

export function usePrices(): Prices | null {
  return useHealth().data?.prices ?? null
}

/** `12.30 USD`, `0.004 USD`; `–` where there is no price. */
export function moneyText(amount: number | null, prices: Prices | null): string {
  if (amount === null || prices === null) return UNKNOWN
  const digits = amount === 0 || amount >= 1 ? 2 : amount >= 0.01 ? 3 : Math.min(6, 1 - Math.floor(Math.log10(amount)))
  return `${amount.toFixed(digits)}\u2009${prices.currency}`
}
