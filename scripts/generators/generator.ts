/** Makes files out of something that the project holds once: a registry, the list of fields, a grammar. */
export interface Generator {
  readonly name: string
  /** Paths from the project's root → their text. */
  build(): Record<string, string> | Promise<Record<string, string>>
}
