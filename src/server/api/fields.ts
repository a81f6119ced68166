import { isGroupable } from '../../shared/query/groups.ts'
import { FIELDS, type Field } from '../../shared/schema/fields.ts'
import { answer, type Route } from './route.ts'

export const fields: Route = (app) => answer(app, 'fields', () => ({ fields: FIELDS.map(entryOf) }))

function entryOf(field: Field) {
  return {
    name: field.name,
    kind: field.kind,
    label: field.label,
    role: field.role,
    ...(field.unit ? { unit: field.unit } : {}),
    aliases: field.aliases ?? [],
    ...(field.codes ? { codes: field.codes } : {}),
    elements: field.elements ?? [],
    groupable: isGroupable(field),
    description: field.description,
  }
}
