/** What this browser remembers: the last filters and ranges. Without storage it remembers nothing. */
const KEPT = { filters: 20, ranges: 6 } as const
type Kind = keyof typeof KEPT

/** Puts an entry first. */
export function remember(kind: Kind, entry: unknown): void {
  const text = JSON.stringify(entry)
  const entries = [entry, ...remembered<unknown>(kind).filter((each) => JSON.stringify(each) !== text)].slice(0, KEPT[kind])
  try {
    localStorage.setItem(`weir.${kind}`, JSON.stringify(entries))
  } catch {
    return
  }
}

/** Latest first. */
export function remembered<T>(kind: Kind): readonly T[] {
  try {
    const entries: unknown = JSON.parse(localStorage.getItem(`weir.${kind}`) ?? '[]')
    return Array.isArray(entries) ? (entries as T[]) : []
  } catch {
    return []
  }
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
