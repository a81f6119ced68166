/**
 * What a question may be grouped by: a field's values as they are, networks of addresses, ranges of numbers, and the
 * time of day or week.
 *
 *   group = field | field "/" prefix [ "/" prefix6 ] | field "/" width | field "/log" | clock [ "@" zone ]
 *   clock = "hour" | "weekday"
 */
import { field, type Field, type FieldName } from '../schema/fields.ts'
import { isNumeric } from '../schema/kinds.ts'
import { format, formatDuration, type Unit } from '../schema/units.ts'
import { bad, oneField } from './refuse.ts'

/** Networks of an address: the first `prefix` bits of IPv4, the first `prefix6` of IPv6. Shown as `10.0.0.0/24`. */
export interface PrefixGroup {
  readonly field: FieldName
  readonly prefix: number
  readonly prefix6: number
}

/** Ranges of a number, shown by their lowest: `bucket` wide each, or from a power of ten to the next (0 apart). */
export interface BucketGroup {
  readonly field: FieldName
  readonly bucket: number | 'log'
}

export const CLOCKS = {
  hour: { label: 'Hour of the day' },
  weekday: { label: 'Day of the week' },
} as const

/** The time of day or week in which traffic passed; what passed of a flow in each hour counts there. */
export interface ClockGroup {
  readonly clock: keyof typeof CLOCKS
  /** IANA name of a time zone, or UTC. */
  readonly zone: string
}

/** A field alone stands for its values as they are. */
export type Grouping = FieldName | PrefixGroup | BucketGroup | ClockGroup

/** As a request has it. */
export type GroupRequest =
  | string
  | {
      readonly field: string
      readonly prefix?: number | undefined
      readonly prefix6?: number | undefined
      readonly bucket?: number | 'log' | undefined
      readonly zone?: string | undefined
    }

/** IPv6 networks where only the prefix of IPv4 is given. */
const USUAL_PREFIX6 = 64
const MOST_BUCKET = 2 ** 53

/** Throws `badRequest`. `at` is the part of the request that it stands in. */
export function readGroup(request: GroupRequest, at: string): Grouping {
  if (typeof request !== 'string') return groupOf(request, request, at)
  const [name = '', zone, ...moreZones] = request.split('@')
  if (zone !== undefined && moreZones.length === 0) return groupOf({ field: name, zone }, request, at)
  const [of = '', first, second, ...more] = request.split('/')
  if (first === undefined) return groupOf({ field: of }, request, at)
  const [one, two] = [first, second].map((text) => (text === undefined ? text : wholeOf(text)))
  if (more.length > 0 || (second !== undefined && two === undefined)) throw malformed(request, at)
  if (first === 'log' && second === undefined) return groupOf({ field: of, bucket: 'log' }, request, at)
  if (one === undefined) throw malformed(request, at)
  return oneField(of, at).kind === 'ip'
    ? groupOf({ field: of, prefix: one, prefix6: two }, request, at)
    : second === undefined
      ? groupOf({ field: of, bucket: one }, request, at)
      : groupOf({ field: of, prefix: one, prefix6: two }, request, at)
}

/** The shortest text that `readGroup` reads back. */
export function groupText(group: Grouping): string {
  if (typeof group === 'string') return group
  if ('clock' in group) return group.zone === 'UTC' ? group.clock : `${group.clock}@${group.zone}`
  if ('bucket' in group) return `${group.field}/${group.bucket}`
  return `${group.field}/${group.prefix}${group.prefix6 === USUAL_PREFIX6 ? '' : `/${group.prefix6}`}`
}

/** What stands above its column. */
export function groupLabel(group: Grouping): string {
  if (typeof group === 'string') return field(group).label
  if ('clock' in group) return CLOCKS[group.clock].label + (group.zone === 'UTC' ? '' : `, ${group.zone}`)
  const { label } = field(group.field)
  if ('prefix' in group) return `${label} /${group.prefix}, /${group.prefix6}`
  return group.bucket === 'log' ? `${label}, by powers of ten` : `${label}, by ${group.bucket}`
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** A value of a group for a person: `1000–1999`, `1.00 kB–10.0 kB`, `08:00`, `Monday`. */
export function groupCellText(
  group: Exclude<Grouping, FieldName | PrefixGroup>,
  value: number | string,
  unit: Unit | '' = '',
): string {
  if ('clock' in group)
    return group.clock === 'hour' ? `${String(value).padStart(2, '0')}:00` : (WEEKDAYS[Number(value) - 1] ?? '')
  const least = BigInt(value)
  const past = group.bucket === 'log' ? (least === 0n ? 1n : least * 10n) : least + BigInt(group.bucket)
  if (past - least === 1n && unit === '') return String(least)
  if (unit === '') return `${least}–${past - 1n}`
  const text = unit === 'ms' ? formatDuration : (number: number) => format(number, unit)
  return `${text(Number(least))}–${text(Number(past))}`
}

/** Whether a field's values as they are make groups: either-side fields would count a flow twice, times and measures make none. */
export function isGroupable(of: Field): boolean {
  return of.role === 'dimension' && of.either === undefined
}

function groupOf(options: Exclude<GroupRequest, string>, request: GroupRequest, at: string): Grouping {
  const { field: name, prefix, prefix6, bucket, zone } = options
  if (Object.hasOwn(CLOCKS, name)) {
    if (prefix !== undefined || prefix6 !== undefined || bucket !== undefined)
      throw bad(at, request, `has a time zone at most, such as ${name}@Europe/Berlin`)
    return { clock: name as ClockGroup['clock'], zone: zoneOf(zone ?? 'UTC', at) }
  }
  const found = oneField(name, at)
  if (zone !== undefined) throw bad(at, request, 'has no time zone; hour and weekday have')
  if (prefix !== undefined || prefix6 !== undefined) {
    if (found.kind !== 'ip') throw bad(at, request, `has no prefix: ${found.name} is no address`)
    if (bucket !== undefined) throw bad(at, request, 'has a prefix or a bucket, not both')
    return {
      field: found.name,
      prefix: within(prefix ?? 32, 0, 32, `${at}.prefix`),
      prefix6: within(prefix6 ?? USUAL_PREFIX6, 0, 128, `${at}.prefix6`),
    }
  }
  if (bucket !== undefined) {
    if (!isNumeric(found.kind) || found.role === 'time')
      throw bad(at, request, `has no buckets: ${found.name} is no number`)
    return {
      field: found.name,
      bucket: bucket === 'log' ? bucket : within(bucket, 1, MOST_BUCKET, `${at}.bucket`),
    }
  }
  if (isGroupable(found)) return found.name
  throw bad(
    at,
    request,
    found.role === 'time'
      ? 'is a time and makes no groups; ask with an interval instead, or group by hour or weekday'
      : `is a measure and makes no groups; ask for it in measures, or group by ranges of it: ${found.name}/1000, ${found.name}/log`,
  )
}

function within(value: number, least: number, most: number, at: string): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw bad(at, value, `does not fit; a whole number from ${least} to ${most} is needed`)
}

function wholeOf(text: string): number | undefined {
  return /^\d{1,16}$/.test(text) ? Number(text) : undefined
}

/** The zone under the name that the runtime gives it. */
function zoneOf(name: string, at: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    throw bad(at, name, 'is no time zone; write UTC or a name such as Europe/Berlin')
  }
}

function malformed(request: string, at: string): Error {
  return bad(
    at,
    request,
    'cannot be read; write a field, an address with prefix lengths (src.ip/24, src.ip/24/56), a number with the width of its ranges (src.port/1000, bytes/log), or hour@Europe/Berlin',
  )
}
