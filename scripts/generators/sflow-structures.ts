import type { Generator } from './generator.ts'
import { readTsv } from './tsv.ts'

/** src/server/registry/sflow-structures.generated.ts: names and members of sFlow structures, as compact text. */
export const sflowStructures: Generator = {
  name: 'sflow-structures',
  build: () => ({ 'src/server/registry/sflow-structures.generated.ts': page() }),
}

function page(): string {
  return `/* Generated from registry/sflow-structures.tsv by npm run generate. */

/** Kind, enterprise, format, name, members where known, with tabs between; see registry/sflow-structures.tsv. */
export const STRUCTURES = \`
${readTsv('sflow-structures.tsv')
  .map((columns) => columns.join('\t'))
  .join('\n')}
\`
`
}
