import { buildParserFile } from '@lezer/generator'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Generator } from './generator.ts'

const folder = 'src/shared/query/filter'

/** src/shared/query/filter/parser.generated.ts and its term numbers, from filter.grammar. */
export const filterParser: Generator = {
  name: 'filter-parser',
  build: () => {
    const grammar = readFileSync(fileURLToPath(new URL(`../../${folder}/filter.grammar`, import.meta.url)), 'utf8')
    const { parser, terms } = buildParserFile(grammar, {
      fileName: 'filter.grammar',
      typeScript: true,
      warn: (message) => {
        throw new Error(message)
      },
    })
    return { [`${folder}/parser.generated.ts`]: note(parser), [`${folder}/parser.terms.generated.ts`]: note(terms) }
  },
}

function note(text: string): string {
  return `// Generated from filter.grammar by npm run generate.\n${text.replace(/^\/\/.*\n/, '')}`
}
