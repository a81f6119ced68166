/** The fields that the site has configured besides those that the page knows. */
import { addSiteFields, findField } from '../../shared/schema/fields.ts'
import { SITE_KINDS } from '../../shared/schema/kinds.ts'
import { call } from './client.ts'

/** Adds them to the list before anything is drawn. Without an answer the page goes on with those that it knows, and says that itself. */
export async function addFieldsOfSite(): Promise<void> {
  const answer = await call('fields', undefined).catch(() => ({ fields: [] }))
  addSiteFields(
    answer.fields.flatMap(({ name, kind, label, description, elements: [element] }) => {
      const known = SITE_KINDS.find((each) => each === kind)
      return known && element !== undefined && findField(name) === undefined
        ? [{ name, element, kind: known, label, description }]
        : []
    }),
  )
}
