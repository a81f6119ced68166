/** Values without the name of a field: which either-side field they are of, and the words that say a side of it. */
import { findField, type Field } from '../../schema/fields.ts'
import { addressRanges, macRanges } from './values.ts'

/** `src:10.0.0.1` is `src.ip:10.0.0.1`, `server:443` is `server.port:443`. */
const SIDE_WORDS = ['src', 'dst', 'client', 'server'] as const
export type SideWord = (typeof SIDE_WORDS)[number]

/** The word, whatever its case; undefined where it is none of them. */
export function sideWord(text: string): SideWord | undefined {
  const word = text.toLowerCase()
  return SIDE_WORDS.find((each) => each === word)
}

/** Which field a value that names none is of: `10.0.0.0/8`, `443`, `8000-8100`, `AS64500`, `00:50:56:*`. */
export function eitherOf(text: string): 'ip' | 'port' | 'as' | 'mac' | null {
  if (/^\d+(-\d+)?$/.test(text)) return 'port'
  if (/^AS\d+$/i.test(text)) return 'as'
  // `00:50:56:*` might begin an IPv6 address as well, but nobody writes one so.
  if (macRanges(text)) return 'mac'
  return text !== '*' && addressRanges(text) ? 'ip' : null
}

/** The field of that side that a value is of, or what is wrong. */
export function sidedField(side: SideWord, text: string): Field | string {
  const either = eitherOf(text)
  if (either === null)
    return `${side}: takes an address, a network, a port, an AS or a MAC address, such as ${side}:10.0.0.0/8; for others write ${side}.FIELD:VALUE`
  return findField(`${side}.${either}`) ?? `${side}: takes no ${either}; write ${either}:${text} for either side`
}
