/** Whether a text fits patterns, for who looks at texts one by one. */
import type { Pattern } from './ast.ts'

/**
 * A test of texts, whatever their case. The time it takes grows with the length only: each piece is taken where it comes
 * first, which leaves most for the others. (A regular expression would try all its places with all those of the others.)
 */
export function likeAny(patterns: readonly Pattern[]): (text: string) => boolean {
  const folded = patterns.map((pieces) => pieces.map((piece) => piece.toLowerCase()))
  return (text) => {
    const all = text.toLowerCase()
    return folded.some((pieces) => fits(all, pieces))
  }
}

function fits(text: string, pieces: readonly string[]): boolean {
  const first = pieces[0] ?? ''
  const last = pieces.at(-1) ?? ''
  if (pieces.length === 1) return text === first
  if (!text.startsWith(first)) return false
  const end = text.length - last.length
  let at = first.length
  for (let i = 1; i < pieces.length - 1; i++) {
    const piece = pieces[i] as string
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return at <= end && text.endsWith(last)
}
