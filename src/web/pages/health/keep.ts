/** The lines of the configuration that keep an element. */
import type { Exporter } from '../../data/hooks.ts'

export type UnknownElement = Exporter['unknownElements'][number]

/** Letters of a field's name, without what stands before them. */
const LONGEST = 40

/** Null where no kind of field holds its values. */
export function keepLines({ element, name, kind }: Pick<UnknownElement, 'element' | 'name' | 'kind'>): string | null {
  if (kind === null) return null
  const words = name === element ? `element_${element}` : name
  const field = `my.${words.replace(/\W+/g, '_').slice(0, LONGEST)}`
  return `fields:\n  - name: ${field}\n    element: ${element}\n    kind: ${kind}\n`
}
