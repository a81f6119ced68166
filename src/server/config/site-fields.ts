/** Configuration `fields`: elements of NetFlow v9 and IPFIX that a site keeps as fields of its own. */
import { z } from 'zod'
import { findField, STORED_FIELDS, type SiteField } from '../../shared/schema/fields.ts'
import { SITE_KINDS } from '../../shared/schema/kinds.ts'
import { elementKey, elementName } from '../registry/elements.ts'

/** Each is a column of every batch, whether it has values or not. */
const MOST_FIELDS = 64
const NAME = /^[a-z]\w*(\.\w+)+$/i

const siteField = z
  .strictObject({
    name: z
      .string()
      .max(48)
      .refine(
        (name) => NAME.test(name),
        'a name with a dot in it, of letters, digits and _, is needed, such as my.vlanName',
      )
      .refine(
        (name) => findField(name) === undefined,
        'a field of that name is there already; GET /api/fields lists them',
      ),
    element: z.union([z.string(), z.int()]).transform((text, context) => {
      const key = readElement(String(text))
      if (key !== null) return key
      context.addIssue({
        code: 'custom',
        message: 'an element is needed: its number, or ENTERPRISE.NUMBER such as 9.12345',
      })
      return z.NEVER
    }),
    kind: z.enum(SITE_KINDS),
    label: z.string().min(1).max(64).optional(),
    description: z.string().min(1).max(200).optional(),
  })
  .transform(({ name, element, kind, label, description }): SiteField => ({
    name,
    element,
    kind,
    label: label ?? name,
    description: description ?? `Element ${element}${nameOf(element)}, kept by the configuration.`,
  }))

export const siteFields = z
  .array(siteField)
  .max(MOST_FIELDS)
  .superRefine((fields, context) => {
    const taken = new Map(STORED_FIELDS.map((field) => [columnOf(field.name), field.name as string]))
    for (const [i, { name }] of fields.entries()) {
      const other = taken.get(columnOf(name))
      taken.set(columnOf(name), name)
      if (other !== undefined)
        context.addIssue({
          code: 'custom',
          path: [i, 'name'],
          input: name,
          message: `${other} is too like it; another name is needed`,
        })
    }
  })

/** `12345`, `9.12345` → how elements are named; null where it is none. */
function readElement(text: string): string | null {
  const found = /^(?:(\d{1,10})\.)?(\d{1,5})$/.exec(text)
  const enterprise = Number(found?.[1] ?? 0)
  const id = Number(found?.[2])
  return found && enterprise < 2 ** 32 && id >= 1 && id < 2 ** 16 ? elementKey(enterprise, id) : null
}

function nameOf(element: string): string {
  const name = elementName(element)
  return name === element ? '' : ` (${name})`
}

/** Databases take names for the same that differ in case only, and have no dots in them. */
function columnOf(name: string): string {
  return name.replaceAll('.', '_').toLowerCase()
}
