/** Names that only the server knows by heart. The page checks filters by asking it. */
export interface Names {
  /** Keys of the registered services of that name; `*` stands for any letters. Empty where there is none. */
  serviceKeys(name: string): readonly number[]
}
