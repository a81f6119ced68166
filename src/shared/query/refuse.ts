/** How a part of a request is refused: the part, its value, and what fits. */
import { WeirError } from '../api/errors.ts'
import { findField, type Field } from '../schema/fields.ts'
import { likeField } from '../schema/like-field.ts'

export function bad(field: string, value: string | number | object | null | undefined, what: string): WeirError {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return new WeirError('badRequest', `${field}: ${text} ${what}`, { field, value })
}

/** The field of a name or alias, with one value a record. Throws `badRequest`. */
export function oneField(name: string, at: string): Field {
  const found = findField(name)
  if (!found) throw bad(at, name, `is no field; ${likeField(name) ?? 'GET /api/fields lists them'}`)
  if (found.either)
    throw bad(
      at,
      name,
      `means either side and stands in filters only; take ${found.either[0]} or ${found.either[1]}, or both`,
    )
  return found
}
