/** What this browser remembers: the last filters and ranges. Without storage it remembers nothing. */
import type { RangeTexts } from '../data/range.ts'

const KEPT = { filters: 20, ranges: 6 } as const
type Kind = keyof typeof KEPT

/** Puts an entry first. */
export function remember(kind: Kind, entry: unknown): void {
  const text = JSON.stringify(entry)
  const entries = [entry, ...read(kind).filter((each) => JSON.stringify(each) !== text)].slice(0, KEPT[kind])
  try {
    localStorage.setItem(`weir.${kind}`, JSON.stringify(entries))
  } catch {
    return
  }
}

/** Filters used before, latest first. */
export function rememberedFilters(): readonly string[] {
  return read('filters').filter((entry) => typeof entry === 'string')
}

/** Time ranges used before, latest first. */
export function rememberedRanges(): readonly RangeTexts[] {
  return read('ranges').filter((entry): entry is RangeTexts => {
    const { from, to } = (entry ?? {}) as Partial<Record<keyof RangeTexts, unknown>>
    return typeof from === 'string' && typeof to === 'string'
  })
}

/** A switch that is kept: `1` or nothing. */
export function switched(name: string): boolean {
  try {
    return localStorage.getItem(`weir.${name}`) === '1'
  } catch {
    return false
  }
}

export function setSwitched(name: string, on: boolean): void {
  try {
    if (on) localStorage.setItem(`weir.${name}`, '1')
    else localStorage.removeItem(`weir.${name}`)
  } catch {
    return
  }
}

function read(kind: Kind): readonly unknown[] {
  try {
    const entries: unknown = JSON.parse(localStorage.getItem(`weir.${kind}`) ?? '[]')
    return Array.isArray(entries) ? entries : []
  } catch {
    return []
  }
}
