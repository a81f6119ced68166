import { FIELDS, type Field } from '../../src/shared/schema/fields.ts'
import type { Generator } from './generator.ts'

/** docs/reference/fields.md */
export const fieldsReference: Generator = {
  name: 'fields-reference',
  build: () => ({ 'docs/reference/fields.md': page() }),
}

function page(): string {
  const rows = FIELDS.map(
    (field) =>
      `| \`${field.name}\` | ${field.kind} | ${field.unit ?? ''} | ${field.description}${origin(field)} | ${(field.elements ?? []).join(', ')} | ${(field.aliases ?? []).map((alias) => `\`${alias}\``).join(' ')} |`,
  )
  return `# Fields

Generated from \`src/shared/schema/fields.ts\`. A filter takes a field by its name or by any of its aliases; answers use the name.
Elements are those of NetFlow v9 and IPFIX that land in the field as they are; times, counters and sampling have rules of their own
([what the numbers mean](../explanation/numbers.md)). Fields of your own stand behind these: [keep an element](../how-to/keep-an-element.md).

A \`keyword\` is a text of up to 255 octets; a filter on it takes \`*\` for any letters and does not mind capitals.

| Name | Kind | Unit | What it is | Elements | Aliases |
|---|---|---|---|---|---|
${rows.join('\n')}
`
}

function origin(field: Field): string {
  const words = field.codes ? ` One of: ${field.codes.join(', ')}.` : ''
  if (field.either) return ` Stands for \`${field.either[0]}\` or \`${field.either[1]}\`; for filters only.`
  if (field.derived) return `${words} Worked out when asked.`
  return words
}
