/** Values of JSON documents, which come from anybody: looked at before they are taken for something. */

export type JsonObject = Readonly<Record<string, unknown>>

/** The object in `bytes[from, to)`, or in words why there is none. */
export function readDocument(bytes: Uint8Array, from: number, to: number): JsonObject | string {
  try {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8')
    return objectOf(JSON.parse(text)) ?? 'no JSON object'
  } catch (error) {
    return `no JSON: ${(error as Error).message.slice(0, 200)}`
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Null where it is no object. */
export function objectOf(value: unknown): JsonObject | null {
  return isObject(value) ? value : null
}

/** The value as JSON again. Where it is nested more deeply than can be followed, only that much is said. */
export function jsonTextOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'missing'
  } catch {
    return 'nested too deeply'
  }
}

/** The first object of a list, or the object itself. */
export function firstOf(value: unknown): JsonObject | null {
  return objectOf(Array.isArray(value) ? (value as readonly unknown[])[0] : value)
}

/** A text or number as text; null where it is something else, or says that there is none. */
export function wordOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && !isNothing(value) ? value : null
}

/** `-`, null and None all mean that there is no value. */
export function isNothing(text: string): boolean {
  return text === '' || text === '-' || text === 'null' || text === 'None'
}

export const MISSING = -1
export const UNFIT = -2

/** A whole number from 0 to `most`, which may come as text or with a fraction of 0; else MISSING or UNFIT. */
export function wholeOf(value: unknown, most = Number.MAX_SAFE_INTEGER): number {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 && value <= most ? value : UNFIT
  if (value === undefined || value === null) return MISSING
  if (typeof value !== 'string') return UNFIT
  if (isNothing(value)) return MISSING
  return value.length <= 20 && /^\d+(\.0*)?$/.test(value) ? wholeOf(Number(value), most) : UNFIT
}

let lastDay = ''
let lastDayMs = 0

/** Milliseconds since 1970 of an RFC 3339 time, with any number of digits of a second; of one without a zone as of UTC. */
export function timeOf(value: unknown): number {
  if (value === undefined || value === null) return MISSING
  if (typeof value !== 'string') return UNFIT
  if (isNothing(value)) return MISSING
  if (value.length > 40) return UNFIT
  const parts = TIME.exec(value)
  if (parts === null) return UNFIT
  const [, day, hours, minutes, seconds, fraction, zone] = parts as unknown as readonly string[]
  if (day !== lastDay) {
    lastDay = day as string
    lastDayMs = Date.parse(`${day}T00:00:00Z`)
  }
  const clock = (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000
  const milliseconds = fraction ? Number(fraction.slice(0, 3).padEnd(3, '0')) : 0
  const atMs = lastDayMs + clock + milliseconds - zoneMs(zone)
  return atMs >= 0 ? atMs : UNFIT
}

const TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:?\d\d)?$/

function zoneMs(zone: string | undefined): number {
  if (!zone || zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}
