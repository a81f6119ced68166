import type { Range } from './ast.ts'

/** Names that only the server knows. The page checks filters by asking it. */
export interface Names {
  /** Keys of the registered services of that name; `*` stands for any letters. Empty where there is none. */
  serviceKeys(name: string): readonly number[]
  /** Addresses of the exporters that are called so; `*` stands for any letters. */
  exporters(name: string): readonly Range[]
  /** Interfaces that are called so, by their exporters' addresses; `*` stands for any letters. */
  interfaces(name: string): ReadonlyMap<bigint, readonly number[]>
  /** Texts of the named filters; null where a filter may name none. */
  readonly filters: ReadonlyMap<string, string> | null
}

/** Form of the name of a filter, without its @: so that nothing else can be meant. */
export const FILTER_NAME = /^[a-z0-9][a-z0-9._-]{0,47}$/
