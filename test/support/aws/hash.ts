/** 32 bits of a text, spread well and the same on every run: FNV-1a over its UTF-16 units, mixed at the end. */
export function hash(seed: number, text: string): number {
  let state = 0x811c9dc5 ^ seed
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193)
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return (state ^ (state >>> 16)) >>> 0
}
