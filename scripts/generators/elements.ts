import type { Generator } from './generator.ts'
import { readTsv } from './tsv.ts'

/** src/server/registry/elements.generated.ts: names and types of information elements, as compact text. */
export const elements: Generator = {
  name: 'elements',
  build: () => ({ 'src/server/registry/elements.generated.ts': page() }),
}

function page(): string {
  const byEnterprise = new Map<string, string[]>()
  for (const [enterprise = '', element = '', name = '', type] of readTsv('elements.tsv')) {
    const lines = byEnterprise.get(enterprise) ?? []
    byEnterprise.set(enterprise, lines)
    lines.push([element, name, ...(type ? [type] : [])].join('\t'))
  }
  return `/* Generated from registry/elements.tsv by npm run generate. */

/**
 * A line with an enterprise number, then one line for each of its elements: number, name, abstract data type where known,
 * with tabs between.
 */
export const ELEMENTS = \`
${[...byEnterprise].map(([enterprise, lines]) => `${enterprise}\n${lines.join('\n')}`).join('\n')}
\`
`
}
