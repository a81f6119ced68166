/** A filter as a test of a batch's rows. */
import type { Filter, Range, Relation } from '../../../shared/query/filter/ast.ts'
import { likeAny } from '../../../shared/query/filter/like.ts'
import { regexTest } from '../../../shared/query/filter/regex-test.ts'
import { SIDES } from '../../../shared/schema/codes.ts'
import { columnsOf, field as fieldOf, type FieldName, type StoredField } from '../../../shared/schema/fields.ts'
import { columnIndex, isValid, maskIndex, type Batch, type Words } from '../batch.ts'

/** Whether a row fits. */
export type RowTest = (row: number) => boolean

/** The filter over the rows of one batch; to be made anew for each. */
export function rowTest(filter: Filter, batch: Batch): RowTest {
  switch (filter.op) {
    case 'and': {
      const all = filter.of.map((each) => rowTest(each, batch))
      return (row) => all.every((test) => test(row))
    }
    case 'or': {
      const any = filter.of.map((each) => rowTest(each, batch))
      return (row) => any.some((test) => test(row))
    }
    case 'not': {
      const test = rowTest(filter.of, batch)
      return (row) => !test(row)
    }
    case 'in':
      return ofSides(filter.field, (name) => {
        const value = valueOf(name, batch)
        const ranges = filter.ranges.map((range) => rangeTest(range, value.words))
        return (row) => value.load(row) && ranges.some((test) => test())
      })
    case 'like':
      return ofSides(filter.field, (name) => textTest(name, likeAny(filter.patterns), batch))
    case 'match':
      return textTest(filter.field, regexTest(filter.expression), batch)
    case 'bits': {
      const { words, load } = valueOf(filter.field, batch)
      const masks = wordsOf(filter.mask, words.length)
      const values = wordsOf(filter.value, words.length)
      return (row) => load(row) && words.every((word, i) => (word & (masks[i] as number)) >>> 0 === values[i])
    }
    case 'compare':
      return compareTest(filter.field, filter.is, filter.other, batch)
    case 'exists':
      return ofSides(filter.field, (name) => valueOf(name, batch).load)
  }
}

/** A test of a field, or of either of its sides. */
function ofSides(name: FieldName, make: (name: FieldName) => RowTest): RowTest {
  const { either } = fieldOf(name)
  if (!either) return make(name)
  const [one, other] = either.map((side) => make(side as FieldName)) as [RowTest, RowTest]
  return (row) => one(row) || other(row)
}

/** A field's value, row by row, as 32-bit words, the most significant first. */
interface Value {
  readonly words: Uint32Array
  /** Puts a row's value into `words`; false where it has none. */
  readonly load: RowTest
}

function valueOf(name: FieldName, batch: Batch): Value {
  const { derived } = fieldOf(name)
  if (!derived) return storedValue(fieldOf(name) as StoredField, batch)
  switch (derived.op) {
    case 'same':
      return valueOf(derived.of as FieldName, batch)
    case 'bits': {
      const { words, load } = valueOf(derived.of as FieldName, batch)
      const last = words.length - 1
      return {
        words,
        load(row) {
          if (!load(row)) return false
          words[last] = ((words[last] as number) >>> derived.shift) & derived.mask
          return true
        },
      }
    }
    case 'difference': {
      const of = valueOf(derived.of as FieldName, batch)
      const minus = valueOf(derived.minus as FieldName, batch)
      const words = new Uint32Array(2)
      return {
        words,
        load(row) {
          if (!of.load(row) || !minus.load(row)) return false
          const value = numberOf(of.words) - numberOf(minus.words)
          if (value < 0) return false
          words[0] = Math.floor(value / 2 ** 32)
          words[1] = value >>> 0
          return true
        },
      }
    }
    case 'side': {
      const initiator = valueOf('initiator', batch)
      const src = valueOf(derived.src as FieldName, batch)
      const dst = valueOf(derived.dst as FieldName, batch)
      const words = new Uint32Array(src.words.length)
      const source = SIDES.indexOf('src')
      return {
        words,
        load(row) {
          if (!initiator.load(row)) return false
          const isSource = (initiator.words[0] === source) === (derived.side === 'client')
          const side = isSource ? src : dst
          if (!side.load(row)) return false
          words.set(side.words)
          return true
        },
      }
    }
  }
}

function storedValue(field: StoredField, batch: Batch): Value {
  const mask = batch.masks[maskIndex(field.name)] as Uint8Array
  const first = columnIndex(field.name)
  const columns = columnsOf(field).map(({ part }, i) => ({
    values: batch.columns[first + i] as Words,
    isLong: part.width === 8,
  }))
  const words = new Uint32Array(columns.reduce((sum, { isLong }) => sum + (isLong ? 2 : 1), 0))
  return {
    words,
    load(row) {
      if (!isValid(mask, row)) return false
      let at = 0
      for (const { values, isLong } of columns) {
        if (isLong) {
          words[at++] = values[2 * row + 1] as number
          words[at++] = values[2 * row] as number
        } else words[at++] = values[row] as number
      }
      return true
    },
  }
}

function rangeTest({ low, high }: Range, words: Uint32Array): () => boolean {
  const most = (1n << BigInt(32 * words.length)) - 1n
  if (low > most) return () => false
  const lows = wordsOf(low < 0n ? 0n : low, words.length)
  const highs = wordsOf(high > most ? most : high, words.length)
  return () => compare(words, lows) >= 0 && compare(words, highs) <= 0
}

function compareTest(name: FieldName, is: Relation, otherName: FieldName, batch: Batch): RowTest {
  const one = valueOf(name, batch)
  const other = valueOf(otherName, batch)
  if (fieldOf(name).kind === 'keyword') {
    const fold = (value: Value) => batch.texts.text(value.words[0] as number).toLowerCase()
    return (row) => one.load(row) && other.load(row) && fold(one) === fold(other)
  }
  const length = Math.max(one.words.length, other.words.length)
  const widen = (value: Value): (() => Uint32Array) => {
    if (value.words.length === length) return () => value.words
    const wide = new Uint32Array(length)
    return () => {
      wide.set(value.words, length - value.words.length)
      return wide
    }
  }
  const [left, right] = [widen(one), widen(other)]
  return (row) => {
    if (!one.load(row) || !other.load(row)) return false
    const difference = compare(left(), right())
    return is === '=' ? difference === 0 : is === '<' ? difference < 0 : difference <= 0
  }
}

function wordsOf(value: bigint, length: number): Uint32Array {
  return Uint32Array.from({ length }, (_, i) => Number((value >> BigInt(32 * (length - 1 - i))) & 0xffff_ffffn))
}

function compare(a: Uint32Array, b: Uint32Array): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] as number) - (b[i] as number)
    if (difference !== 0) return difference
  }
  return 0
}

function numberOf(words: Uint32Array): number {
  return (words[0] as number) * 2 ** 32 + (words[1] as number)
}

/** Each text of a batch is looked at once. */
function textTest(name: FieldName, fitsText: (text: string) => boolean, batch: Batch): RowTest {
  const { words, load } = valueOf(name, batch)
  const known = new Map<number, boolean>()
  return (row) => {
    if (!load(row)) return false
    const number = words[0] as number
    let fits = known.get(number)
    if (fits === undefined) {
      fits = fitsText(batch.texts.text(number))
      known.set(number, fits)
    }
    return fits
  }
}
