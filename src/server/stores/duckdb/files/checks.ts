/**
 * Checks of what stands in files of our own. By hand: loading zod takes 72 ms of the processor and 13 MB in each thread that
 * does, and the store's has nothing else to check.
 */

export type Check<T> = (value: unknown) => value is T
/** What a check lets pass. */
export type Checked<C> = C extends Check<infer T> ? T : never

export const isNumber: Check<number> = (value): value is number => typeof value === 'number' && Number.isFinite(value)

export const isBoolean: Check<boolean> = (value) => typeof value === 'boolean'

export const isText: Check<string> = (value) => typeof value === 'string'

/** Whatever stands there. */
export const isThere: Check<unknown> = (value): value is unknown => value !== undefined

/** A whole number from `least` on. */
export function isCountFrom(least: number): Check<number> {
  return (value): value is number => Number.isSafeInteger(value) && (value as number) >= least
}

export function isOneOf<T>(...values: readonly T[]): Check<T> {
  return (value): value is T => values.includes(value as T)
}

export function isNullOr<T>(check: Check<T>): Check<T | null> {
  return (value): value is T | null => value === null || check(value)
}

export function isListOf<T>(check: Check<T>): Check<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(check)
}

/** Members of any name. */
export function isRecordOf<T>(check: Check<T>): Check<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> => isPlain(value) && Object.values(value).every(check)
}

/** With at least these members. */
export function isObject<T extends object>(members: { readonly [K in keyof T]: Check<T[K]> }): Check<Readonly<T>> {
  const checks = Object.entries<Check<unknown>>(members)
  return (value): value is Readonly<T> => isPlain(value) && checks.every(([name, check]) => check(value[name]))
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
