/** Amounts with a unit, as people write them: `1MB`, `64KiB`, `1.5s`, `2k`. */

/** What an amount is of: each has its own units; a number alone is in the first of them. */
export type AmountOf = 'bytes' | 'milliseconds' | 'count'

/** An exact amount: `value / divisor`, in bytes, milliseconds or pieces. */
export interface Amount {
  readonly value: bigint
  readonly divisor: bigint
}

const DECIMAL = { '': 1n, k: 1000n, m: 1000n ** 2n, g: 1000n ** 3n, t: 1000n ** 4n, p: 1000n ** 5n }
const UNITS: Readonly<Record<AmountOf, Readonly<Record<string, bigint>>>> = {
  bytes: {
    ...DECIMAL,
    ...Object.fromEntries(Object.entries(DECIMAL).map(([prefix, size]) => [`${prefix}b`, size])),
    kib: 1024n,
    mib: 1024n ** 2n,
    gib: 1024n ** 3n,
    tib: 1024n ** 4n,
    pib: 1024n ** 5n,
  },
  milliseconds: {
    '': 1n,
    ms: 1n,
    s: 1000n,
    m: 60_000n,
    min: 60_000n,
    h: 3_600_000n,
    d: 86_400_000n,
    w: 604_800_000n,
    y: 31_536_000_000n,
  },
  count: DECIMAL,
}

/** Text → amount, or null where it is none. Units are read whatever their case. */
export function parseAmount(text: string, of: AmountOf): Amount | null {
  const found = /^(\d{1,20})(?:\.(\d{1,18}))?([a-z]{0,3})$/i.exec(text)
  if (!found) return null
  const unit = UNITS[of][(found[3] as string).toLowerCase()]
  if (unit === undefined) return null
  const fraction = found[2] ?? ''
  return { value: BigInt(`${found[1]}${fraction}`) * unit, divisor: 10n ** BigInt(fraction.length) }
}

/** The amount as a whole number, or null where it is none or cannot be read. */
export function parseWhole(text: string, of: AmountOf): bigint | null {
  const amount = parseAmount(text, of)
  return amount && amount.value % amount.divisor === 0n ? amount.value / amount.divisor : null
}
