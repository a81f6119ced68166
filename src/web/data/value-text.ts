/** A field's value as people read it: `443`, `tcp`, `··AP·F`, `60.0 s`, `14:05:59.996`. */
import { field, type FieldName } from '../../shared/schema/fields.ts'
import type { JsonValue } from '../../shared/schema/kinds.ts'
import { protocolKeyword } from '../../shared/schema/protocols.ts'
import { format, formatDuration } from '../../shared/schema/units.ts'
import { toNumber } from './numbers.ts'
import { protocolName } from '../parts/protocols.ts'
import { clockText, dateTimeText } from './times.ts'

/** What stands for a value that is not known. */
export const UNKNOWN = '–'

export function valueText(name: FieldName, value: JsonValue): string {
  if (value === null) return UNKNOWN
  const own = OWN_WAYS[name]
  if (own) return own(value)
  const number = toNumber(value)
  const { kind, role, unit } = field(name) as { kind: string; role: string; unit?: Parameters<typeof format>[1] }
  if (kind === 'time' && number !== null) return clockWithMs(number)
  return role === 'measure' && number !== null ? format(number, unit ?? '') : String(value)
}

/** Fields that are said in a way of their own. */
const OWN_WAYS: Readonly<Partial<Record<FieldName, (value: JsonValue) => string>>> = {
  proto: (value) => protocolKeyword(toNumber(value) ?? -1) ?? String(value),
  'tcp.flags': (value) => tcpFlagLetters(toNumber(value) ?? 0),
  duration: (value) => formatDuration(toNumber(value)),
  'source.type': (value) => protocolName(String(value)),
  'sampling.rate': (value) => (value === 1 ? 'every packet' : `1 in ${value}`),
}

/** All digits, the date and the zone: what stands on hover and in copies; undefined where the short form says it all. */
export function exactText(name: FieldName, value: JsonValue): string | undefined {
  const number = toNumber(value)
  if (number === null) return undefined
  if (field(name).kind === 'time') return `${dateTimeText(number, true)}, ${new Date(number).toISOString()}`
  return name === 'tcp.flags' || name === 'proto' ? `${name} ${number}` : undefined
}

/** `14:05:59.996`. */
export function clockWithMs(ms: number): string {
  return `${clockText(ms, true)}.${String(Math.floor(ms) % 1000).padStart(3, '0')}`
}

/** TCP flags as letters in the order of the header, a dot where one is not set; C and E only where they are. */
export function tcpFlagLetters(flags: number): string {
  const letters: readonly [number, string][] = [
    [32, 'U'],
    [16, 'A'],
    [8, 'P'],
    [4, 'R'],
    [2, 'S'],
    [1, 'F'],
  ]
  const rare = (flags & 128 ? 'C' : '') + (flags & 64 ? 'E' : '')
  return rare + letters.map(([bit, letter]) => (flags & bit ? letter : '·')).join('')
}
