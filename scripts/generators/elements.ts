import type { Generator } from './generator.ts'
import { readTsv } from './tsv.ts'

/** src/server/registry/elements.generated.ts: names, types and units of information elements, as compact text. */
export const elements: Generator = {
  name: 'elements',
  build: () => ({ 'src/server/registry/elements.generated.ts': page() }),
}

function page(): string {
  const byEnterprise = new Map<string, string[]>()
  for (const [enterprise = '', ...columns] of readTsv('elements.tsv')) {
    const lines = byEnterprise.get(enterprise) ?? []
    byEnterprise.set(enterprise, lines)
    lines.push(columns.join('\t'))
  }
  return `/* Generated from registry/elements.tsv by npm run generate. */

/**
 * A line with an enterprise number, then one line for each of its elements: number, name, abstract data type and unit
 * where known, with tabs between.
 */
export const ELEMENTS = \`
${[...byEnterprise].map(([enterprise, lines]) => `${enterprise}\n${lines.join('\n')}`).join('\n')}
\`
`
}
