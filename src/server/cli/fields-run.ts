/** `weir fields`: the list of fields, as a table, CSV or JSON. */
import { resolve } from 'node:path'
import { csvText } from '../../shared/csv.ts'
import { WeirError } from '../../shared/api/errors.ts'
import { FIELDS, type Field } from '../../shared/schema/fields.ts'
import { addSiteFieldsOf } from '../stores/site-fields.ts'
import type { FieldsOptions } from './fields.ts'
import { tableText } from './format.ts'
import { print } from './output.ts'

/** Other names that a line of the table has. */
const ALIASES = 2

export async function showFields(words: readonly string[], options: FieldsOptions): Promise<void> {
  if (options.data !== undefined) addSiteFieldsOf(resolve(options.data))
  const wanted = words.map((word) => word.toLowerCase())
  const found = FIELDS.filter((field) => wanted.every((word) => textOf(field).includes(word)))
  if (found.length === 0)
    throw new WeirError('failed', `no field has ${words.join(' and ')} in what is said of it; weir fields lists all`)
  switch (options.format) {
    case 'json':
      return print(
        `${JSON.stringify(found.map(({ name, kind, label, aliases, description }) => ({ name, kind, label, aliases: aliases ?? [], description })))}\n`,
      )
    case 'csv':
      return print(
        csvText(
          ['name', 'kind', 'label', 'aliases', 'description'],
          found.map(({ name, kind, label, aliases, description }) => [
            name,
            kind,
            label,
            (aliases ?? []).join(' '),
            description,
          ]),
        ),
      )
    case 'table':
      return print(
        tableText(
          ['Name', 'Kind', 'What it is', 'Also called'],
          found.map(({ name, kind, label, aliases = [] }) => [name, kind, label, aliases.slice(0, ALIASES).join(' ')]),
          [false, false, false, false],
        ),
      )
  }
}

function textOf({ name, label, aliases = [], description }: Field): string {
  return [name, label, ...aliases, description].join(' ').toLowerCase()
}
