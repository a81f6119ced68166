/**
 * A record made plain: the values of its fields, of what lists within it hold, and of what else is known to belong to it,
 * each element once. Written out, it is a record of an ordinary template, which a compiled program reads.
 */
import { elementKey } from '../../registry/elements.ts'
import { allocate } from '../memory.ts'
import { isKnown } from '../normalise/plan.ts'
import { VARIABLE, type TemplateField } from './template-fields.ts'

/** Octets of a record written out; what does not fit is left out. */
const ROOM = 192 * 1024

export class FlatRecord {
  /** How many elements it has. What stands in the lists beyond is left from other records. */
  count = 0
  /** As a template would have them. */
  private readonly specifiers: TemplateField[] = []
  private readonly froms: number[] = []
  private readonly tos: number[] = []
  private readonly sources: Uint8Array[] = []
  /** Where in the lists above an element is. */
  private readonly places = new Map<number, number>()
  private bytes: Uint8Array = new Uint8Array(0)
  /** What was written out. */
  view: DataView = new DataView(new ArrayBuffer(0))

  clear(): void {
    this.count = 0
    this.places.clear()
  }

  /** Takes an element's octets, `[from, to)` of `source`, unless there is a value for it already. Padding is passed over. */
  add(field: TemplateField, source: Uint8Array, from: number, to: number): void {
    const key = numberOf(field.enterprise, field.id)
    if (!isTaken(key)) return
    const place = this.places.get(key)
    if (place === undefined) {
      this.places.set(key, this.count)
      this.put(this.count++, field, source, from, to)
    } else if (this.froms[place] === this.tos[place] && from < to) this.put(place, field, source, from, to)
  }

  /** Its elements, as a template would have them. */
  get fields(): TemplateField[] {
    return this.specifiers.slice(0, this.count)
  }

  /** Whether a template of these fields is one for it. */
  isOf(fields: readonly TemplateField[]): boolean {
    if (fields.length !== this.count) return false
    for (let i = 0; i < this.count; i++) {
      const [one, other] = [fields[i] as TemplateField, this.specifiers[i] as TemplateField]
      if (one !== other && (one.id !== other.id || one.length !== other.length || one.enterprise !== other.enterprise))
        return false
    }
    return true
  }

  /** Whether it has one of these elements of IANA's. */
  hasAny(ids: readonly number[]): boolean {
    return ids.some((id) => this.places.has(id))
  }

  /** The value of an element of IANA's as a number of up to 6 octets; -1 where there is none. */
  number(id: number): number {
    const place = this.places.get(id)
    if (place === undefined) return -1
    const from = this.froms[place] as number
    const to = this.tos[place] as number
    if (from === to || to - from > 6) return -1
    let value = 0
    for (let at = from; at < to; at++) value = value * 256 + ((this.sources[place] as Uint8Array)[at] as number)
    return value
  }

  /** Takes all that another record has and this one has not. */
  addAll(other: FlatRecord): void {
    for (let i = 0; i < other.count; i++)
      this.add(
        other.specifiers[i] as TemplateField,
        other.sources[i] as Uint8Array,
        other.froms[i] as number,
        other.tos[i] as number,
      )
  }

  /** A copy that keeps its own octets. */
  copy(): FlatRecord {
    const copy = new FlatRecord()
    for (let i = 0; i < this.count; i++) {
      const octets = (this.sources[i] as Uint8Array).slice(this.froms[i], this.tos[i])
      copy.add(this.specifiers[i] as TemplateField, octets, 0, octets.length)
    }
    return copy
  }

  /** Writes the record out into `view`; how many octets it takes. */
  write(): number {
    if (this.bytes.length === 0) {
      // Where kernels can read it, and a little beyond.
      const { buffer, byteOffset } = allocate(this, ROOM + 64)
      this.bytes = new Uint8Array(buffer, byteOffset, ROOM)
      this.view = new DataView(buffer, byteOffset, ROOM)
    }
    let at = 0
    for (let i = 0; i < this.count; i++) {
      const from = this.froms[i] as number
      const octets = (this.tos[i] as number) - from
      if (at + octets + 3 > ROOM) {
        this.count = i
        break
      }
      if ((this.specifiers[i] as TemplateField).length === VARIABLE) {
        this.bytes[at] = 255
        this.view.setUint16(at + 1, octets)
        at += 3
      }
      const source = this.sources[i] as Uint8Array
      for (let j = 0; j < octets; j++) this.bytes[at + j] = source[from + j] as number
      at += octets
    }
    return at
  }

  private put(place: number, field: TemplateField, source: Uint8Array, from: number, to: number): void {
    this.specifiers[place] = field
    this.froms[place] = from
    this.tos[place] = to
    this.sources[place] = source
  }
}

/** Elements that were asked for; more are not kept. */
const MOST_ASKED = 65_536
const asked = new Map<number, boolean>()

/** Whether some field of a flow takes the element. */
function isTaken(key: number): boolean {
  let taken = asked.get(key)
  if (taken === undefined) {
    taken = key !== PADDING && isKnown(elementKey(Math.floor(key / 65_536), key % 65_536))
    if (asked.size >= MOST_ASKED) asked.clear()
    asked.set(key, taken)
  }
  return taken
}

/** Element 210 paddingOctets. */
const PADDING = 210

function numberOf(enterprise: number, id: number): number {
  return enterprise * 65_536 + id
}
