/** The filter language for the editor: its grammar coloured, and completion of fields, of listed values and of words. */
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { LanguageSupport, LRLanguage } from '@codemirror/language'
import { styleTags, tags } from '@lezer/highlight'
import { parser } from '../../shared/query/filter/parser.generated.ts'
import { FIELDS, findField, fromFields, type Field } from '../../shared/schema/fields.ts'
import { protocolKeyword } from '../../shared/schema/protocols.ts'

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

const protocolNames = Array.from({ length: 256 }, (_, number) => protocolKeyword(number)).filter(
  (name) => name !== null,
)
const fieldOptions = fromFields(() =>
  FIELDS.map((field) => ({ label: field.name, detail: field.label, type: 'property', apply: `${field.name}:` })),
)
const wordOptions = ['and', 'or', 'not'].map((label) => ({ label, type: 'keyword', apply: `${label} ` }))

/** After `field:` the values that the field lists; elsewhere field names, and words between tests. */
export function completeFilter(context: CompletionContext): CompletionResult | null {
  const value = context.matchBefore(/([a-z_@][\w.@-]*)\s*(?::|=|!=)\s*\(?[\w-]*$/i)
  if (value) {
    const [, name = '', typed = ''] = /^([\w.@-]+)[\s:=!(]*([\w-]*)$/.exec(value.text) ?? []
    const options = valuesOf(findField(name)).map((label) => ({
      label,
      type: 'constant',
      apply: /^[\w.-]+$/.test(label) ? label : `"${label}"`,
    }))
    return options.length > 0 ? { from: context.pos - typed.length, options, validFor: /^[\w-]*$/ } : null
  }
  const word = context.matchBefore(/[\w.@-]*/)
  if (!word || (word.from === word.to && !context.explicit)) return null
  const before = context.state.sliceDoc(0, word.from).trimEnd()
  const between = before !== '' && !/(\(|\b(and|or|not))$/i.test(before)
  return {
    from: word.from,
    options: between
      ? [...wordOptions, ...fieldOptions()]
      : [...fieldOptions(), wordOptions[2] as (typeof wordOptions)[number]],
    validFor: /^[\w.@-]*$/,
  }
}

function valuesOf(field: Field | undefined): readonly string[] {
  if (field?.codes) return field.codes
  return field?.name === 'proto' ? protocolNames : []
}
