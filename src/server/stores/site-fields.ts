/** The site's own fields of a data folder: said by the Weir that fills it, known to commands that are given the folder alone. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addSiteFields, findField, type SiteField } from '../../shared/schema/fields.ts'
import { siteFields } from '../config/site-fields.ts'

const fileOf = (dataDir: string) => join(dataDir, 'fields.json')

/** Writes them down. Where the disk is full it stays undone: only commands on the folder itself miss them then. */
export function keepSiteFields(dataDir: string, fields: readonly SiteField[]): void {
  try {
    if (fields.length > 0) writeFileSync(fileOf(dataDir), `${JSON.stringify(fields, null, 2)}\n`)
    else rmSync(fileOf(dataDir), { force: true })
  } catch {
    // As said.
  }
}

/** Adds the folder's to the list of fields, but for those that are there already. What cannot be read is none. */
export function addSiteFieldsOf(dataDir: string): void {
  let written: unknown
  try {
    written = JSON.parse(readFileSync(fileOf(dataDir), 'utf8'))
  } catch {
    return
  }
  const each = Array.isArray(written) ? written.map((entry: unknown) => siteFields.safeParse([entry])) : []
  for (const { data } of each) addSiteFields((data ?? []).filter(({ name }) => findField(name) === undefined))
}
