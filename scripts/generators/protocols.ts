import type { Generator } from './generator.ts'
import { readTsv } from './tsv.ts'

/** src/shared/schema/protocols.generated.ts: IP protocol numbers and their keywords, in lower case, without spaces. */
export const protocols: Generator = {
  name: 'protocols',
  build: () => ({ 'src/shared/schema/protocols.generated.ts': page() }),
}

function page(): string {
  const lines = readTsv('protocols.tsv')
    .filter(([, keyword]) => keyword)
    .map(([number, keyword]) => `  [${number}, '${(keyword as string).toLowerCase().replaceAll(' ', '-')}'],\n`)
  return `/** Generated from registry/protocols.tsv by npm run generate. IP protocol number, keyword. */
export const PROTOCOL_KEYWORDS: readonly (readonly [number, string])[] = [
${lines.join('')}]
`
}
