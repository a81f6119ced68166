/** A filter's text without aliases, and the named filters in it. Texts that are no filter stay as they are. */
import { findField } from '../../schema/fields.ts'
import { comparedField } from './compare.ts'
import { Bare, FieldName, Test, Value } from './parser.terms.generated.ts'
import { parseTree } from './syntax.ts'

/**
 * The same filter with the canonical name wherever it names a field by an alias; all else as it was typed:
 * `srcaddr = dstaddr  and sp:80` → `src.ip = dst.ip  and src.port:80`. What is shown may be the alias, what is kept is this.
 */
export function canonicalFilter(text: string): string {
  const tree = parseTree(text)
  if ('message' in tree) return text
  let out = ''
  let done = 0
  const put = (from: number, to: number, name: string) => {
    out += text.slice(done, from) + name
    done = to
  }
  tree.iterate({
    enter: ({ type, from, to, node }) => {
      const word = text.slice(from, to)
      if (type.id === FieldName) put(from, to, findField(word)?.name ?? word)
      if (type.id !== Value || node.parent?.type.id !== Test) return
      const field = findField(text.slice(node.parent.firstChild?.from, node.parent.firstChild?.to))
      const sign = text.slice(node.prevSibling?.from, node.prevSibling?.to)
      const other = field && sign !== ':' ? comparedField(field, word) : undefined
      if (other) put(from, to, other.name)
    },
  })
  return out + text.slice(done)
}

/** Names of the named filters that stand in a filter. */
export function namedIn(text: string): ReadonlySet<string> {
  const names = new Set<string>()
  const tree = parseTree(text)
  if ('message' in tree) return names
  tree.iterate({
    enter: ({ type, from, to, node }) => {
      const word = text.slice(from, to)
      if (type.id === Value && node.parent?.type.id === Bare && word.startsWith('@') && !findField(word))
        names.add(word.slice(1).toLowerCase())
    },
  })
  return names
}
