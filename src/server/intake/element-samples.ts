/** Values of elements that no field takes, a few of each exporter, so that people see what they could keep. */
import type { SiteKind } from '../../shared/schema/kinds.ts'
import { elementKey, type ElementKey } from '../registry/elements.ts'
import { Budget } from './decoders/budget.ts'
import type { Template } from './decoders/template.ts'
import type { Exporter } from './exporter.ts'
import type { RawValue } from './raw/record.ts'
import { octetsOf } from './raw/template-records.ts'
import { big, hex, text, valueOf } from './raw/values.ts'
import { storable } from './texts.ts'
import { totalsOf } from './totals.ts'

/** A template's records are looked at when the first comes, then this often. */
const EVERY_MS = 60_000
/** Different values of an element of an exporter. */
const VALUES = 3
/** Letters of a value. */
const LETTERS = 60
/** Values over all exporters. */
const MOST = 20_000
/** Records looked at, over all exporters: a thousand at once, then in a second. */
const everybody = new Budget(1000, 100)

export interface Sampled {
  /** As its type says; where none is known, text that can be read, else a number and its octets. */
  readonly values: readonly string[]
  /** What could keep it; null where no kind holds such values. */
  readonly kind: SiteKind | null
}

export class ElementSamples {
  private readonly byElement = new Map<ElementKey, { type: string; values: string[]; kind: SiteKind | null }>()

  of(element: ElementKey): Sampled | undefined {
    return this.byElement.get(element)
  }

  /** Looks at the record that begins at `from`; when to look at another, Infinity where nothing more can be learnt. */
  take(exporter: Exporter, template: Template, view: DataView, from: number, end: number, nowMs: number): number {
    if (!everybody.has(nowMs)) return nowMs + EVERY_MS
    everybody.spend()
    const told = exporter.netflow.elements
    const wanted = new Set(template.unknown.filter((element) => this.wants(element, told.type(element))))
    if (wanted.size === 0) return Infinity
    const totals = totalsOf(exporter.shared)
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
    let at = from
    for (const field of template.fields) {
      const value = octetsOf(field.length, bytes, at, end)
      if (!value || totals.samples >= MOST) break
      at = value.next
      const element = elementKey(field.enterprise, field.id)
      const type = told.type(element)
      if (value.octets.length === 0 || !wanted.has(element) || !this.wants(element, type)) continue
      const shown = shownAs(valueOf(type, value.octets), value.octets)
      const before = this.byElement.get(element)
      if (before?.type === type && before.values.includes(shown)) continue
      const sampled = before?.type === type ? before : { type, values: [], kind: kindOf(type, value.octets) }
      if (before && before !== sampled) totals.samples -= before.values.length
      sampled.values.push(shown)
      this.byElement.set(element, sampled)
      totals.samples++
      totals.exporters.add(exporter)
    }
    return nowMs + EVERY_MS
  }

  /** Gives back what it takes up of the totals. */
  forget(exporter: Exporter): void {
    for (const { values } of this.byElement.values()) totalsOf(exporter.shared).samples -= values.length
    this.byElement.clear()
  }

  /** Whether another value is of use; an exporter may tell of the type after those that are there came (RFC 5610). */
  private wants(element: ElementKey, type: string): boolean {
    const sampled = this.byElement.get(element)
    return sampled?.type !== type || sampled.values.length < VALUES
  }
}

function shownAs(value: RawValue, octets: Uint8Array): string {
  const plain = typeof value === 'object' ? (readable(octets) ?? inDigits(octets)) : String(value)
  const fit = storable(plain)
  return fit.length > LETTERS ? `${fit.slice(0, LETTERS)}…` : fit
}

/** As a number too, where it may be one. */
function inDigits(octets: Uint8Array): string {
  const digits = `0x${hex(octets.subarray(0, LETTERS))}`
  return octets.length <= 8 ? `${big(octets)} (${digits})` : digits
}

/** The octets as text if all of it can be read. */
function readable(octets: Uint8Array): string | null {
  const found = text(octets)
  return found.length > 2 && /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u.test(found) && !found.includes('\ufffd') ? found : null
}

const BY_TYPE: Readonly<Record<string, SiteKind>> = {
  string: 'keyword',
  boolean: 'u8',
  unsigned8: 'u8',
  unsigned16: 'u16',
  unsigned32: 'u32',
  unsigned64: 'u64',
  ipv4Address: 'ip',
  ipv6Address: 'ip',
  ipAddress: 'ip',
  macAddress: 'mac',
  dateTimeSeconds: 'time',
  dateTimeMilliseconds: 'time',
  dateTimeMicroseconds: 'time',
  dateTimeNanoseconds: 'time',
}
const BY_LENGTH: readonly (SiteKind | null)[] = [null, 'u8', 'u16', 'u32', 'u32', 'u64', 'u64', 'u64', 'u64']

/** By its type; where that is not known, by what its octets look like. */
function kindOf(type: string, octets: Uint8Array): SiteKind | null {
  if (type !== '' && type !== 'octetArray') return BY_TYPE[type] ?? null
  return readable(octets) === null ? (BY_LENGTH[octets.length] ?? null) : 'keyword'
}
