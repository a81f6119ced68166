/** What a value means for a field of its kind: ranges over the field's ordered domain. */
import { nearest } from '../../nearest.ts'
import { KINDS, isNumeric } from '../../schema/kinds.ts'
import type { Field } from '../../schema/fields.ts'
import { parseCidr, parseIp, parseMac } from '../../schema/ip.ts'
import { protocolNumber } from '../../schema/protocols.ts'
import { parseAmount, type Amount } from '../amount.ts'
import { parseTime } from '../time.ts'
import type { Range } from './ast.ts'
import type { Names } from './names.ts'

export interface Surroundings {
  readonly names: Names
  /** What `now` means. */
  readonly nowMs: number
}

export type Comparison = '<' | '<=' | '>' | '>='

/** Ranges, or what is wrong and what fits. */
export type Meaning = readonly Range[] | string

/** Values of `field` that `text` stands for. */
export function rangesOf(field: Field, text: string, around: Surroundings): Meaning {
  if (field.kind === 'ip')
    return (
      addressRanges(text) ??
      `${text} is no address; write an address, a network such as 10.0.0.0/8, 10.1.* or 10.0.0.1-10.0.0.9`
    )
  if (field.kind === 'mac')
    return macRanges(text) ?? `${text} is no MAC address; write 00:50:56:a1:3c:07, or 00:50:56:* for all that begin so`
  if (field.kind === 'code') return codeRanges(field, text)
  return field.kind === 'service' ? serviceRanges(text, around.names) : numberRanges(field, text, around)
}

/** Values of `field` that are less or greater than `text` says. */
export function comparedRanges(field: Field, comparison: Comparison, text: string, around: Surroundings): Meaning {
  if (field.kind !== 'ip' && !isNumeric(field.kind)) return `${field.name} has no order; write ${field.name}:${text}`
  const amount = field.kind === 'ip' ? addressAmount(text) : amountOf(field, text, around)
  if (amount === null)
    return field.kind === 'ip'
      ? `${text} is no address; ${field.name} ${comparison} takes one address`
      : notANumber(field, text)
  const range = upToOrFrom(comparison, amount, field.kind === 'ip' ? (1n << 128n) - 1n : largest(field))
  return range.low <= range.high ? [range] : `no value of ${field.name} is ${comparison} ${text}`
}

function addressAmount(text: string): Amount | null {
  const value = parseIp(text)
  return value === null ? null : whole(value)
}

/** Address, network, `10.1.*`, `2001:db8:*`, or `first-last`; null where it is none of them. */
export function addressRanges(text: string): readonly Range[] | null {
  const value = parseIp(text)
  if (value !== null) return [only(value)]
  if (text.includes('/')) return listOf(parseCidr(text))
  if (text.includes('*')) return listOf(wildcard4(text) ?? wildcard6(text))
  const [first, last, more] = text.split('-')
  if (first === undefined || last === undefined || more !== undefined) return null
  const low = parseIp(first)
  const high = parseIp(last)
  return low === null || high === null || low > high ? null : [{ low, high }]
}

/** MAC address, or the start of one and `*`; null where it is neither. */
export function macRanges(text: string): readonly Range[] | null {
  const value = parseMac(text)
  if (value !== null) return [only(value)]
  const start = /^((?:[\da-f]{2}[:-]){1,5})\*$/i.exec(text)?.[1]?.replace(/[:-]/g, '')
  if (start === undefined) return null
  const rest = BigInt(48 - 4 * start.length)
  const low = BigInt(`0x${start}`) << rest
  return [{ low, high: low + (1n << rest) - 1n }]
}

function serviceRanges(text: string, names: Names): Meaning {
  const keys = names.serviceKeys(text)
  if (keys.length > 0) return keys.map((key) => only(BigInt(key)))
  if (/^\d+(-\d+)?$/.test(text))
    return `service takes a registered name such as https; for a port write server.port:${text}`
  return `no registered service is called ${text}; for a port write server.port:NUMBER`
}

function codeRanges(field: Field, text: string): Meaning {
  const codes = field.codes ?? []
  const wanted = text.toLowerCase()
  const fits = wanted.includes('*') ? wildcardTest(wanted) : (word: string) => word === wanted
  const found = codes.flatMap((word, i) => (fits(word) ? [only(BigInt(i))] : []))
  if (found.length > 0) return found
  const like = nearest(text, codes)
  return `${field.name} is never ${text}; ${like ? `did you mean ${like}?` : `it is one of ${codes.join(', ')}`}`
}

function numberRanges(field: Field, text: string, around: Surroundings): Meaning {
  const amount = amountOf(field, text, around)
  if (amount) {
    if (amount.value % amount.divisor !== 0n)
      return `${text} is no whole number of ${field.unit ?? 'units'}; compare with < or >`
    const value = amount.value / amount.divisor
    return value <= largest(field) ? [only(value)] : outside(field, text)
  }
  const dash = text.indexOf('-', 1)
  const low = dash > 0 && field.kind !== 'time' ? amountOf(field, text.slice(0, dash), around) : null
  const high = low && amountOf(field, text.slice(dash + 1), around)
  if (!low || !high) return notANumber(field, text)
  const range = { low: ceiling(low), high: high.value / high.divisor }
  if (range.low > range.high) return `${text} is empty; the smaller number comes first`
  return range.high <= largest(field) ? [range] : outside(field, text)
}

function amountOf(field: Field, text: string, around: Surroundings): Amount | null {
  if (field.kind === 'time') {
    const ms = parseTime(text, around.nowMs)
    return ms === null ? null : whole(BigInt(ms))
  }
  if (/^0x[\da-f]{1,16}$/i.test(text)) return whole(BigInt(text))
  if (field.name === 'proto') {
    const number = protocolNumber(text)
    if (number !== null) return whole(BigInt(number))
  }
  const autonomous = isAsField(field) ? /^AS(\d{1,10})$/i.exec(text)?.[1] : undefined
  if (autonomous !== undefined) return whole(BigInt(autonomous))
  if (field.role === 'measure')
    return parseAmount(text, field.unit === 'B' ? 'bytes' : field.unit === 'ms' ? 'milliseconds' : 'count')
  return /^\d{1,20}$/.test(text) ? whole(BigInt(text)) : null
}

function notANumber(field: Field, text: string): string {
  const examples =
    field.kind === 'time'
      ? 'a time such as now-1h or 2026-11-24T10:00:00Z'
      : field.name === 'proto'
        ? 'a protocol such as tcp, or its number'
        : isAsField(field)
          ? 'a number such as AS15169'
          : field.flags
            ? `a name such as ${field.flags[1]}, letters such as SA for all of them, or a number`
            : field.unit === 'B'
              ? 'a size such as 1500, 1MB or 64KiB'
              : field.unit === 'ms'
                ? 'a duration such as 500ms, 5s or 2m'
                : 'a number, or a range such as 8000-8100'
  return `${text} does not fit ${field.name}; write ${examples}`
}

function outside(field: Field, text: string): string {
  return `${text} is too large; ${field.name} goes from 0 to ${largest(field)}`
}

function isAsField(field: Field): boolean {
  return /(^|\.)as$/.test(field.name)
}

/**
 * Bits that a word names: one by its name (`syn`), several by their first letters (`SA`), `none`; null where it names none.
 * `flags` are from the lowest bit up.
 */
export function flagsOf(flags: readonly string[], text: string): bigint | null {
  const word = text.toLowerCase()
  if (word === 'none') return 0n
  const named = flags.indexOf(word)
  if (named >= 0) return 1n << BigInt(named)
  const bits = Array.from(word, (letter) => flags.findIndex((name) => name.startsWith(letter)))
  return bits.length > 0 && bits.every((bit) => bit >= 0)
    ? bits.reduce((mask, bit) => mask | (1n << BigInt(bit)), 0n)
    : null
}

/** Greatest value of a kind that is one number. */
function largest(field: Field): bigint {
  return (1n << BigInt(8 * (KINDS[field.kind].parts[0]?.width ?? 8))) - 1n
}

function upToOrFrom(comparison: Comparison, amount: Amount, most: bigint): Range {
  const floor = amount.value / amount.divisor
  const range =
    comparison === '<'
      ? { low: 0n, high: ceiling(amount) - 1n }
      : comparison === '<='
        ? { low: 0n, high: floor }
        : comparison === '>'
          ? { low: floor + 1n, high: most }
          : { low: ceiling(amount), high: most }
  return { low: range.low, high: range.high < most ? range.high : most }
}

function ceiling(amount: Amount): bigint {
  return (amount.value + amount.divisor - 1n) / amount.divisor
}

function whole(value: bigint): Amount {
  return { value, divisor: 1n }
}

function only(value: bigint): Range {
  return { low: value, high: value }
}

function listOf(range: Range | null): readonly Range[] | null {
  return range && [range]
}

/** `10.*`, `10.1.*`, `10.1.*.*` → the network of the octets before. */
function wildcard4(text: string): Range | null {
  const octets = /^((?:\d{1,3}\.){0,3})\*(?:\.\*){0,3}$/.exec(text)?.[1]?.split('.').slice(0, -1)
  return octets && text.split('.').length <= 4
    ? parseCidr(`${[...octets, '0', '0', '0', '0'].slice(0, 4).join('.')}/${octets.length * 8}`)
    : null
}

/** `2001:db8:*` → the network of the groups before. */
function wildcard6(text: string): Range | null {
  const groups = /^((?:[\da-f]{1,4}:){1,7})\*$/i.exec(text)?.[1]?.split(':').slice(0, -1)
  return groups ? parseCidr(`${groups.join(':')}${groups.length < 7 ? '::' : ':0'}/${groups.length * 16}`) : null
}

function wildcardTest(pattern: string): (word: string) => boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  const expression = new RegExp(`^${parts.join('.*')}$`)
  return (word) => expression.test(word)
}
