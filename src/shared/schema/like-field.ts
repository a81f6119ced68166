/** What to write instead of a name that is no field's. */
import { nearest } from '../nearest.ts'
import { FIELDS, findField, type FieldName } from './fields.ts'

/** Of a word that only stands in what fields are called, this many of them. */
const MOST = 3
/** A shorter word stands in too many. */
const LEAST_LETTERS = 3

/** `did you mean src.ip?`, by its letters; or by a word of what it is called; null where nothing is like it. */
export function likeField(name: string): string | null {
  const like = nearest(
    name,
    FIELDS.flatMap((each) => [each.name, ...(each.aliases ?? [])]),
  )
  const found = like === null ? calledLike(name) : [(findField(like) as { name: FieldName }).name]
  return found.length === 0 ? null : `did you mean ${found.join(' or ')}?`
}

function calledLike(name: string): FieldName[] {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? []
  const wanted = words.filter((word) => word.length >= LEAST_LETTERS)
  if (wanted.length === 0) return []
  return FIELDS.filter((each) => {
    const said = [each.name, each.label, ...(each.aliases ?? [])].join(' ').toLowerCase()
    return wanted.every((word) => said.includes(word))
  })
    .slice(0, MOST)
    .map((each) => each.name)
}
