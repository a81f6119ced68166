/**
 * A record made plain: the values of its fields, of what lists within it hold, and of what else is known to belong to it,
 * each element once. Written out, it is a record of an ordinary template, which a compiled program reads.
 */
import { allocate } from '../memory.ts'
import { VARIABLE, type TemplateField } from './template-fields.ts'

/** Octets of a record written out, and elements of it; what does not fit is left out. */
const ROOM = 192 * 1024
const MOST = 1536
/** Places of the table that finds an element, a power of two. */
const SLOTS = 4096

/** An element with its octets. */
export interface Value {
  readonly field: TemplateField
  readonly octets: Uint8Array
}

export class FlatRecord {
  /** How many elements it has. What stands in the lists beyond is left from other records. */
  private count = 0
  private readonly specifiers: TemplateField[] = []
  private readonly sources: Uint8Array[] = []
  private readonly froms = new Int32Array(MOST)
  private readonly tos = new Int32Array(MOST)
  /** Where in the lists an element is, if the stamp beside is that of the record at hand. */
  private readonly slots = new Uint16Array(SLOTS)
  private readonly stamps = new Float64Array(SLOTS)
  private stamp = 0
  private bytes: Uint8Array = new Uint8Array(0)
  /** What was written out. */
  view: DataView = new DataView(new ArrayBuffer(0))

  clear(): void {
    this.count = 0
    this.stamp++
  }

  /** Takes an element's octets, `[from, to)` of `source`, unless there is a value for it already. */
  add(field: TemplateField, source: Uint8Array, from: number, to: number): void {
    const slot = this.slot(field.enterprise, field.id)
    if (this.stamps[slot] !== this.stamp) {
      if (this.count === MOST) return
      this.stamps[slot] = this.stamp
      this.slots[slot] = this.count
      this.put(this.count++, field, source, from, to)
      return
    }
    const place = this.slots[slot] as number
    if (this.froms[place] === this.tos[place] && from < to) this.put(place, field, source, from, to)
  }

  addAll(values: readonly Value[]): void {
    for (const { field, octets } of values) this.add(field, octets, 0, octets.length)
  }

  /** Takes all that another record has and this one has not. */
  addRecord(other: FlatRecord): void {
    for (let i = 0; i < other.count; i++)
      this.add(
        other.specifiers[i] as TemplateField,
        other.sources[i] as Uint8Array,
        other.froms[i] as number,
        other.tos[i] as number,
      )
  }

  /** Whether it has one of these elements of IANA's. */
  hasAny(ids: readonly number[]): boolean {
    for (const id of ids) if (this.stamps[this.slot(0, id)] === this.stamp) return true
    return false
  }

  /** The value of an element of IANA's as a number of up to 6 octets; -1 where there is none. */
  number(id: number): number {
    const slot = this.slot(0, id)
    if (this.stamps[slot] !== this.stamp) return -1
    const place = this.slots[slot] as number
    const from = this.froms[place] as number
    const to = this.tos[place] as number
    if (from === to || to - from > 6) return -1
    let value = 0
    for (let at = from; at < to; at++) value = value * 256 + ((this.sources[place] as Uint8Array)[at] as number)
    return value
  }

  /** Its elements, as a template would have them. */
  get fields(): TemplateField[] {
    return this.specifiers.slice(0, this.count)
  }

  /** Whether it is one of a template of these fields. */
  isOf(fields: readonly TemplateField[]): boolean {
    if (fields.length !== this.count) return false
    for (let i = 0; i < this.count; i++) {
      const one = fields[i] as TemplateField
      const other = this.specifiers[i] as TemplateField
      if (one !== other && (one.id !== other.id || one.length !== other.length || one.enterprise !== other.enterprise))
        return false
    }
    return true
  }

  /** Writes the record out into `view`; how many octets it takes. */
  write(): number {
    if (this.bytes.length === 0) {
      // Where kernels can read it, and a little beyond.
      const { buffer, byteOffset } = allocate(this, ROOM + 64)
      this.bytes = new Uint8Array(buffer, byteOffset, ROOM)
      this.view = new DataView(buffer, byteOffset, ROOM)
    }
    const { bytes } = this
    let at = 0
    for (let i = 0; i < this.count; i++) {
      const from = this.froms[i] as number
      const octets = (this.tos[i] as number) - from
      if (at + octets + 3 > ROOM) {
        this.count = i
        break
      }
      if ((this.specifiers[i] as TemplateField).length === VARIABLE) {
        bytes[at] = 255
        bytes[at + 1] = octets >> 8
        bytes[at + 2] = octets
        at += 3
      }
      const source = this.sources[i] as Uint8Array
      for (let j = 0; j < octets; j++) bytes[at + j] = source[from + j] as number
      at += octets
    }
    return at
  }

  private put(place: number, field: TemplateField, source: Uint8Array, from: number, to: number): void {
    this.specifiers[place] = field
    this.sources[place] = source
    this.froms[place] = from
    this.tos[place] = to
  }

  /** That of the element, or the free one where it would be. There are more slots than elements. */
  private slot(enterprise: number, id: number): number {
    let slot = (Math.imul(id, 0x9e3779b1) ^ Math.imul(enterprise, 0x85ebca6b)) >>> 20
    while (this.stamps[slot] === this.stamp) {
      const field = this.specifiers[this.slots[slot] as number] as TemplateField
      if (field.id === id && field.enterprise === enterprise) break
      slot = (slot + 1) & (SLOTS - 1)
    }
    return slot
  }
}
