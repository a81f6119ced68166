import { FIELDS, type SiteField } from '../../shared/schema/fields.ts'
import { SITE_KINDS } from '../../shared/schema/kinds.ts'

/** The site's own fields that there are now. */
export function ownFields(): SiteField[] {
  return FIELDS.flatMap(({ site, name, kind, label, description, elements }) => {
    const siteKind = SITE_KINDS.find((each) => each === kind)
    return site && siteKind ? [{ name, element: elements?.[0] ?? '', kind: siteKind, label, description }] : []
  })
}
