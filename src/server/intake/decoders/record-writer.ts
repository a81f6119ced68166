/**
 * Source text of a compiled template, piece by piece. Names in it: `v` the datagram (DataView), `o` where the record begins,
 * `B` `H` `W` the batch as 8-, 16- and 32-bit words, `r` the row, `d` twice the row, `h` the runtime. Indexes are made
 * 32-bit integers by `| 0`: without, each addition is checked for overflow, and decoding is a tenth slower (bench/decode.ts).
 */
import { COLUMNS, type StoredFieldName } from '../../../shared/schema/fields.ts'
import { BATCH_ROWS, layout, columnIndex, maskIndex } from '../batch.ts'
import type { Place } from '../normalise/plan.ts'
import { MOST_MARKED, ONES, ZERO, type Copy, type Octets, type Times, type Work } from './kernel.ts'
import { runAddress, type RunAddress } from './run.ts'
import { VARIABLE, type TemplateField } from './template-fields.ts'

export class RecordWriter {
  /** Once before the records. */
  readonly before: string[] = []
  /** For each record. */
  readonly lines: string[] = []
  private readonly fields: readonly TemplateField[]
  private readonly valid = new Set<number>()
  private readonly optional: { readonly condition: string; readonly mask: number }[] = []
  /** What a kernel does; null where there is to be none. */
  readonly kernel: Work | null
  /** When every record is to be looked at by its lines, besides those that the kernel finds odd. */
  readonly oddSets: string[] = []
  /** Whether there are lines that are for every record. */
  hasCommon = false
  private inOdd = false
  private names = 0
  private texts = 0

  /** A kernel takes records of fixed length. */
  constructor(fields: readonly TemplateField[], withKernel = false) {
    this.fields = fields
    const isFixed = !fields.some(({ length }) => length === VARIABLE)
    this.kernel =
      withKernel && isFixed ? { valid: [], copies: [], counts: [], checks: [], times: null, icmp: null } : null
  }

  line(text: string): void {
    this.lines.push(text)
    if (!this.inOdd) this.hasCommon = true
  }

  /** Lines that change nothing but for records that the kernel finds odd: by `odd`, or because of their times. */
  oddly(write: () => void): void {
    this.inOdd = true
    write()
    this.inOdd = false
  }

  /** Makes records odd that have that number there, in its first `length` octets, or one above it. */
  odd(place: Place, is: 'equal' | 'above', number: number, length = place.length): void {
    this.kernel?.checks.push({ ...this.octetsAt(place), length, is, number })
  }

  /** Makes records odd that have another number there than the set's first one. */
  oddUnlike(place: Place, run: RunAddress): void {
    this.kernel?.checks.push({ ...this.octetsAt(place), is: 'unlike', address: runAddress(run) })
  }

  /** A kernel does with `plainly` alone where the number there is not 0; else, and without a kernel, there are `lines`. */
  unlessZero(place: Place, plainly: () => void, lines: () => void): void {
    if (!this.kernel || place.length > 8) return lines()
    plainly()
    this.odd(place, 'equal', 0)
    this.oddly(lines)
  }

  /** Type and code of ICMP in the first of these places that is not 0; a kernel needs no lines for it. False where there is none. */
  icmp(protocol: Place, typeAndCode: readonly Place[], ports: readonly StoredFieldName[]): boolean {
    if (!this.kernel || [protocol, ...typeAndCode].some(({ length }) => length > 8)) return false
    this.kernel.icmp = {
      protocol: this.octetsAt(protocol),
      typeAndCode: typeAndCode.map((place) => this.octetsAt(place)),
      typeTo: this.columnOf('icmp.type').to,
      codeTo: this.columnOf('icmp.code').to,
      valid: [mask('icmp.type'), mask('icmp.code')],
      none: ports.map(mask),
    }
    return true
  }

  /** A count times the rate of the set; the lines say it for records with a rate of their own. */
  count64(field: StoredFieldName, place: Place): void {
    this.kernel?.counts.push({ ...this.octetsAt(place), to: this.columnOf(field).to })
  }

  /** Times of that form, which the kernel writes unless the lines have to. */
  times(form: Times['form'], start: Place, end: Place): void {
    if (this.kernel)
      this.kernel.times = {
        form,
        start: this.octetsAt(start),
        end: this.octetsAt(end),
        startTo: this.columnOf('start').to,
        endTo: this.columnOf('end').to,
      }
  }

  /** A name that was not used before. */
  name(): string {
    return `x${this.names++}`
  }

  /** The field has a value in every record, but for those that say otherwise by `setNull`. */
  setValid(field: StoredFieldName): void {
    if (!this.valid.has(mask(field))) this.kernel?.valid.push(mask(field))
    this.valid.add(mask(field))
  }

  /** The field has a value in every record if `condition` holds for the set. */
  setValidIf(condition: string, field: StoredFieldName): void {
    this.optional.push({ condition, mask: mask(field) / 4 })
  }

  /** This record has a value for the field. */
  setValidRow(field: StoredFieldName): string {
    return `B[${mask(field)} + (r >> 3)] |= 1 << (r & 7)`
  }

  /** This record has none, although `setValid`. */
  setNull(field: StoredFieldName): string {
    return `B[${mask(field)} + (r >> 3)] &= ~(1 << (r & 7))`
  }

  /** Copies a number, as it stands in the record, to a field whose value is not narrower. */
  copy(field: StoredFieldName, place: Place): void {
    const { to, width } = this.columnOf(field)
    if (!this.kernel) {
      if (width < 8) this.line(this.store(field, this.number(place)))
      else {
        const { high, low } = this.words(place)
        this.line(this.storeWords(field, high, low))
      }
      return
    }
    this.kernel.copies.push({ to, width, from: this.octetsOf(place, width) })
  }

  /** Copies an address of four octets or sixteen. */
  copyAddress(field: StoredFieldName, place: Place): void {
    const isV4 = place.length === 4
    if (this.kernel) {
      const octets = this.octetsOf(place, 16)
      const from = isV4 ? [...octets.slice(0, 4), ONES, ONES, ...octets.slice(6)] : octets
      this.kernel.copies.push(
        { ...this.columnOf(field, 0), from: from.slice(8) },
        { ...this.columnOf(field, 1), from: from.slice(0, 8) },
      )
      return
    }
    const [a, b, c, e] = isV4
      ? ['0', '0', '65535', this.number(place)]
      : [0, 4, 8, 12].map((extra) => `v.getUint32(${this.at(place, extra)})`)
    this.line(this.storeWords(field, a as string, b as string, 0))
    this.line(this.storeWords(field, c as string, e as string, 1))
  }

  /** Gives all records what the set says: part by part of the field, an expression that `before` knows, and where in `RUN` it is. */
  constant(
    field: StoredFieldName,
    value: string | readonly [high: string, low: string],
    run: RunAddress,
    part = 0,
  ): void {
    if (this.kernel) this.kernel.copies.push({ ...this.columnOf(field, part), from: { address: runAddress(run) } })
    else
      this.line(typeof value === 'string' ? this.store(field, value) : this.storeWords(field, value[0], value[1], part))
  }

  /** Gives all records the same number. */
  always(field: StoredFieldName, value: number): void {
    if (!this.kernel) return this.line(this.store(field, String(value)))
    this.kernel.copies.push({ ...this.columnOf(field), from: { value } })
  }

  /** Where a part of the field stands in the batch, in bytes. */
  private columnOf(field: StoredFieldName, part = 0): Pick<Copy, 'to' | 'width'> {
    const column = columnIndex(field) + part
    return { to: layout().columns[column] as number, width: COLUMNS[column]?.part.width ?? 4 }
  }

  private octetsAt({ index, length }: Place): Octets {
    const at = this.fields.slice(0, index).reduce((sum, field) => sum + field.length, 0)
    return { at, length }
  }

  /** Where the octets of a place stand in the record, least significant first, and zeros up to `width`. */
  private octetsOf(place: Place, width: number): number[] {
    const end = this.fields.slice(0, place.index + 1).reduce((sum, { length }) => sum + length, 0)
    return Array.from({ length: width }, (_, i) => (i < place.length ? end - 1 - i : ZERO))
  }

  /** Stores a number in a field of one part of up to 4 bytes. */
  store(field: StoredFieldName, value: string): string {
    const column = columnIndex(field)
    const width = COLUMNS[column]?.part.width ?? 4
    const array = width === 1 ? 'B' : width === 2 ? 'H' : 'W'
    return `${array}[(${(layout().columns[column] as number) / width} + r) | 0] = ${value}`
  }

  /** Stores two words in a part of 8 bytes. */
  storeWords(field: StoredFieldName, high: string, low: string, part = 0): string {
    const at = this.wordsAt(field, part)
    return `W[(${at} + d) | 0] = ${low}; W[(${at + 1} + d) | 0] = ${high}`
  }

  /** Where in `W` the 8-byte values of a field begin; row r stands at `wordsAt + d`. */
  wordsAt(field: StoredFieldName, part = 0): number {
    return (layout().columns[columnIndex(field) + part] as number) / 4
  }

  /** Stores a number of up to 2^53 in a field of 8 bytes. */
  storeDouble(field: StoredFieldName, value: string): string {
    return this.storeWords(field, `(${value} / 4294967296) >>> 0`, `${value} >>> 0`)
  }

  /** Where a place stands in the datagram, plus `extra` bytes. */
  at(place: Place, extra = 0): string {
    let base = 'o'
    let offset = extra
    for (let i = 0; i < place.index; i++) {
      const length = this.lengthOf(i)
      if (length !== VARIABLE) offset += length
      else {
        base = `e${i}`
        offset = extra
      }
    }
    if (place.length === VARIABLE) return `p${place.index}`
    return offset === 0 ? base : `(${base} + ${offset}) | 0`
  }

  /** The place's value as an unsigned number: exact up to 2^53; NaN where a variable-length field is empty. */
  number(place: Place): string {
    if (place.length <= 4) return this.piece(place, 0, place.length)
    const { high, low } = this.words(place)
    if (place.length <= 8) return `(${high} * 4294967296 + ${low})`
    return `h.wide(v, ${this.at(place)}, ${this.length(place)})`
  }

  /** The place's value as two expressions, high and low word; high is Infinity where it is empty or more than 64 bits. */
  words(place: Place): { high: string; low: string } {
    const { length } = place
    if (length <= 4) return { high: '0', low: this.number(place) }
    if (length <= 8) return { high: this.piece(place, 0, length - 4), low: this.piece(place, length - 4, 4) }
    const place64 = `v, ${this.at(place)}, ${this.length(place)}`
    return { high: `h.high(${place64})`, low: `h.low(${place64})` }
  }

  /** How many octets the place has. */
  length(place: Place): string {
    return place.length === VARIABLE ? `l${place.index}` : String(place.length)
  }

  /** How many rows the batch takes. */
  room(): string {
    const rows = this.kernel ? `Math.min(${MOST_MARKED}, ${BATCH_ROWS} - row)` : `${BATCH_ROWS} - row`
    return this.texts > 0 ? `Math.min(${rows}, batch.texts.room(${this.texts}))` : rows
  }

  /** The place's text as its number in the batch's table, or -1 where it is empty. */
  text(place: Place): string {
    return `h.text(batch.texts, ${this.octets()}, ${this.at(place)}, ${this.length(place)})`
  }

  /** The same of a text of Cisco's that says what it is, if it is that. */
  detail(place: Place, application: number, part: number): string {
    return `h.detail(batch.texts, ${this.octets()}, ${this.at(place)}, ${this.length(place)}, ${application}, ${part})`
  }

  /** A record has one text more, whatever the place that it comes from. */
  useText(): void {
    this.texts++
  }

  private octets(): string {
    const line = 'const octets = new Uint8Array(v.buffer, v.byteOffset, v.byteLength)'
    if (!this.before.includes(line)) this.before.push(line)
    return 'octets'
  }

  /** Counts into `n` the complete records between `at` and `end`, but no more than `room`. */
  count(): string {
    if (!this.fields.some((field) => field.length === VARIABLE))
      return `const n = Math.min(Math.floor((end - at) / ${this.recordLength}), room)`
    const skips = this.variableFields().map(
      ({ gap }) => `o += ${gap + 1}
if (o > end) break
l = v.getUint8(o - 1)
if (l === 255) { o += 2; if (o > end) break; l = v.getUint16(o - 2) }
o += l`,
    )
    return `let n = 0
for (let o = at, l = 0; n < room; n++) {
${skips.join('\n')}
o += ${this.tail()}
if (o > end) break
}`
  }

  /** At the start of a record: where its variable-length fields stand (`p`), how long they are (`l`), where they end (`e`). */
  walk(): string {
    let base = 'o'
    return this.variableFields()
      .map(({ index, gap }) => {
        const from = base
        base = `e${index}`
        return `let p${index} = ${from} + ${gap + 1}, l${index} = v.getUint8(p${index} - 1)
if (l${index} === 255) { p${index} += 2; l${index} = v.getUint16(p${index} - 2) }
const e${index} = p${index} + l${index}`
      })
      .join('\n')
  }

  /** At the end of a record: on to the next. */
  step(): string {
    const last = this.variableFields().at(-1)
    return last ? `o = (e${last.index} + ${this.tail()}) | 0` : `o = (o + ${this.recordLength}) | 0`
  }

  /** After the count: which fields have values. */
  validity(): string {
    return [
      ...(this.kernel ? [] : ['h.valid(W, masks, row, last)']),
      ...this.optional.map((one) => `if (${one.condition}) h.valid(W, [${one.mask}], row, last)`),
    ].join('\n')
  }

  /** After the records: rows `[r, last)` were not filled. */
  unfilled(): string {
    return `if (r < last) h.invalid(W, masks.concat(${this.optional.map((one) => one.mask).join()}), r, last)`
  }

  /** Where in `W` the masks of the fields that always have a value begin. */
  masks(): string {
    return `[${[...this.valid].map((at) => at / 4).join()}]`
  }

  /** One to four octets of a place, as a number. */
  private piece(place: Place, offset: number, length: number): string {
    const at = (extra: number) => this.at(place, offset + extra)
    switch (length) {
      case 1:
        return `v.getUint8(${at(0)})`
      case 2:
        return `v.getUint16(${at(0)})`
      case 3:
        return `(v.getUint16(${at(0)}) * 256 + v.getUint8(${at(2)}))`
      default:
        return `v.getUint32(${at(0)})`
    }
  }

  private lengthOf(index: number): number {
    return (this.fields[index] as TemplateField).length
  }

  /** Octets of a record of fixed length. */
  get recordLength(): number {
    return this.fields.reduce((sum, field) => sum + field.length, 0)
  }

  /** The variable-length fields, and the fixed bytes between each and the one before it. */
  private variableFields(): { index: number; gap: number }[] {
    const found = []
    let gap = 0
    for (const [index, field] of this.fields.entries()) {
      if (field.length !== VARIABLE) gap += field.length
      else {
        found.push({ index, gap })
        gap = 0
      }
    }
    return found
  }

  /** The fixed bytes after the last variable-length field. */
  private tail(): number {
    return this.fields
      .slice(this.fields.findLastIndex((field) => field.length === VARIABLE) + 1)
      .reduce((sum, field) => sum + field.length, 0)
  }
}

/** Where the field's mask begins in `B`. */
function mask(field: StoredFieldName): number {
  return layout().masks[maskIndex(field)] as number
}
