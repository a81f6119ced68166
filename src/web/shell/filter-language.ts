/** The filter language for the editor: its grammar coloured. */
import { LanguageSupport, LRLanguage } from '@codemirror/language'
import { styleTags, tags } from '@lezer/highlight'
import { parser } from '../../shared/query/filter/parser.generated.ts'

const coloured = parser.configure({
  props: [
    styleTags({
      FieldName: tags.propertyName,
      Operator: tags.operator,
      'AndWord OrWord NotWord InWord': tags.keyword,
      Value: tags.literal,
      String: tags.string,
    }),
  ],
})

/** Lezer's types come by two roads (its ESM and its CommonJS declarations), which the compiler takes for two parsers. */
const language = LRLanguage.define({
  name: 'filter',
  parser: coloured as unknown as Parameters<typeof LRLanguage.define>[0]['parser'],
})

export const filterLanguage = new LanguageSupport(language)
