/** Octets as what the element's abstract data type says (RFC 7011 §6.1). */
import { formatIp, formatMac } from '../../../shared/schema/ip.ts'
import { NTP_TO_UNIX_SECONDS } from '../normalise/time.ts'
import type { RawValue } from './record.ts'

/** The value, or null where the type says nothing of octets of that number. */
export function valueOf(type: string, octets: Uint8Array): RawValue {
  const { length } = octets
  if (/^unsigned\d+$/.test(type)) return length <= 32 ? whole(big(octets)) : null
  if (/^signed\d+$/.test(type)) return length <= 8 ? whole(BigInt.asIntN(8 * length, big(octets))) : null
  switch (type) {
    case 'float32':
    case 'float64':
      return length === 4 || length === 8 ? real(octets) : null
    case 'boolean':
      // §6.1.5: 1 is true, 2 is false.
      return length === 1 && (octets[0] === 1 || octets[0] === 2) ? octets[0] === 1 : whole(big(octets))
    case 'macAddress':
      return length === 6 ? formatMac(big(octets)) : null
    case 'ipv4Address':
    case 'ipv6Address':
    case 'ipAddress':
      return address(octets)
    case 'string':
      return text(octets)
    case 'dateTimeSeconds':
      return length === 4 ? isoTime(Number(big(octets)) * 1000) : null
    case 'dateTimeMilliseconds':
      return length === 8 ? isoTime(Number(big(octets))) : null
    case 'dateTimeMicroseconds':
      return length === 8 ? ntpTime(big(octets), 6) : null
    case 'dateTimeNanoseconds':
      return length === 8 ? ntpTime(big(octets), 9) : null
    default:
      return null
  }
}

/** An unsigned whole number in network order; 0 of no octets. */
export function big(octets: Uint8Array): bigint {
  return octets.length === 0 ? 0n : BigInt(`0x${hex(octets)}`)
}

export function hex(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('hex')
}

/** UTF-8, without the zeros that fill a field up. */
export function text(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('utf8').replace(/\0+$/, '')
}

export function address(octets: Uint8Array): string | null {
  if (octets.length === 4) return formatIp(0xffff_0000_0000n | big(octets))
  return octets.length === 16 ? formatIp(big(octets)) : null
}

/** A JSON number while it is exact, else text. */
export function whole(value: bigint): number | string {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : String(value)
}

/** As JSON can write it: what is no number is text. */
export function real(octets: Uint8Array): number | string {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength)
  const value = octets.length === 4 ? view.getFloat32(0) : view.getFloat64(0)
  return Number.isFinite(value) ? value : String(value)
}

/** ISO 8601 with milliseconds; null where it is beyond all calendars. */
export function isoTime(ms: number): string | null {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : null
}

/** NTP's seconds since 1900 and fraction, with that many digits of it; before 1970 is after 2036 (RFC 7011 §6.1.9). */
function ntpTime(value: bigint, digits: 6 | 9): string | null {
  const seconds = Number(value >> 32n) - NTP_TO_UNIX_SECONDS
  const unit = 10n ** BigInt(digits)
  // To the nearest, as exporters write the next lower fraction of what they mean.
  const fraction = ((value & 0xffff_ffffn) * unit + (1n << 31n)) >> 32n
  const carry = fraction === unit ? 1 : 0
  const seen = isoTime((seconds + carry + (seconds < 0 ? 2 ** 32 : 0)) * 1000)
  return seen && seen.replace(/\d{3}Z$/, `${String(carry ? 0 : fraction).padStart(digits, '0')}Z`)
}
