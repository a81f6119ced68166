/** Sums of a slice of flows while it is taken in: in temporary tables, and as statements that add them to a file's tables. */
import type { FieldName } from '../../../../shared/schema/fields.ts'
import type { Source } from '../sql/source.ts'
import { BASES, LEVELS, storedFieldsOf, type Cube, type CubeTable, type Level } from './cubes.ts'
import {
  addLeft,
  flowsBy,
  namedOf,
  namesAll,
  readSizesSql,
  roomOf,
  sizesOf,
  sizesSql,
  thresholds,
  unnamedOf,
  type Size,
  type Threshold,
} from './largest.ts'
import { addTo, leftName, sliced, sumAgain, sumFlows, type Sliced, type Summed } from './tables.ts'

/** A cube that the slice is summed by, at the levels of which there are tables. */
export interface Wanted {
  readonly cube: Cube
  /** The finest first. */
  readonly levels: readonly Level[]
  /** Its tables begin with the first row of the partition, because no flow had its columns before. */
  readonly isNew: boolean
}

/** Rows of a partition. */
export interface SliceSource extends Source {
  readonly rows: { readonly from: number; readonly to: number }
}

/** Gives the statements that add to a table: the first INSERT is into it, the second into the one beside it. */
type Add = (database: string, table: CubeTable) => string[]

type Run = (sql: string) => Promise<unknown[][]>

export class Slice {
  private readonly run: Run
  private readonly source: SliceSource
  private readonly hasLong: boolean
  /** By the table's name. */
  private readonly adds = new Map<string, Add>()
  private readonly temporary = new Set<string>()

  /** `hasLong` where flows lasted longer than the finest level takes. */
  constructor(run: Run, source: SliceSource, hasLong: boolean) {
    this.run = run
    this.source = source
    this.hasLong = hasLong
  }

  async sum(wanted: readonly Wanted[]): Promise<void> {
    for (const base of Object.values(BASES)) {
      const of = wanted.filter(({ cube, isNew }) => cube.base === base.name && !isNew)
      if (of.length === 0) continue
      const own = new Set<FieldName>(base.fields)
      const needed = (name: FieldName) => (own.has(name) ? [name] : storedFieldsOf(name))
      const fields = new Set(of.flatMap(({ cube }) => cube.fields.flatMap(needed)))
      const level = of.some(({ levels }) => levels.includes(LEVELS.minute)) ? LEVELS.minute : LEVELS.hour
      const asked: Summed = { ...base, fields: base.fields.filter((name) => fields.has(name)) }
      const from = await this.make(asked, level, sumFlows(asked, level, this.source, null))
      for (const each of of) await this.sumCube(each, from, this.source, this.hasLong)
    }
    for (const each of wanted) {
      const { cube, levels, isNew } = each
      if (cube.base !== undefined && !isNew) continue
      const source = isNew ? { ...this.source, rows: { from: 0, to: this.source.rows.to } } : this.source
      const level = levels[0] as Level
      const from = await this.make(cube, level, sumFlows(cube, level, source, null))
      await this.sumCube(each, from, source, isNew || this.hasLong)
    }
  }

  /** What adds the slice to a table of a cube that was wanted. */
  add(database: string, table: CubeTable): string[] {
    return this.adds.get(table.name)?.(database, table) ?? []
  }

  async drop(): Promise<void> {
    for (const table of this.temporary) await this.run(`DROP TABLE IF EXISTS ${table}`)
  }

  private async sumCube({ cube, levels }: Wanted, from: Sliced, source: SliceSource, hasLong: boolean): Promise<void> {
    const finest = levels[0] as Level
    const again = (level: Level, of: Sliced) =>
      sumAgain(
        cube,
        level,
        of,
        hasLong && level.longestMs > of.level.longestMs ? sumFlows(cube, level, source, of.level.longestMs) : null,
      )
    if (!cube.largest) {
      for (const level of levels)
        this.adds.set(nameOf(cube, level), (to, table) => [addTo(to, table, again(level, from))])
      return
    }
    const slice = from.of === cube ? from : await this.make(cube, finest, again(finest, from))
    const sizes = await this.sizes(slice)
    const flows = sizes.reduce((sum, size) => sum + size.flows, 0)
    const most = Math.max(...levels.map((level) => roomOf(level, flows)))
    const large = thresholds(sizes, () => most)
    let before = await this.keepLarge(slice, large)
    for (const level of levels) {
      const times = level.ms / finest.ms
      const room = flowsBy(sizes, times)
      if (level !== finest) before = await this.make(cube, level, again(level, before))
      const chosen = thresholds(level === finest ? sizes : await this.sizes(before), (t) =>
        roomOf(level, room.get(t) ?? 0),
      )
      const left = [
        ...(namesAll(chosen) ? [] : [unnamedOf(sizesName(before), chosen, 1)]),
        // What was not large in any of the shorter buckets is not among the sums of the longer ones.
        ...(level === finest || namesAll(large) ? [] : [unnamedOf(sizesName(slice), large, times)]),
      ]
      const named = namedOf(before.table, chosen)
      this.adds.set(nameOf(cube, level), (to, table) => [
        addTo(to, table, named),
        ...(left.length > 0 ? [addLeft(leftName(to, table), left)] : []),
      ])
    }
  }

  /** The table with those groups alone that were large in a bucket: many times smaller where there are many. */
  private async keepLarge(slice: Sliced, large: readonly Threshold[]): Promise<Sliced> {
    if (namesAll(large)) return slice
    const table = `${slice.table}_large`
    this.temporary.add(table)
    await this.run(`CREATE OR REPLACE TEMP TABLE ${table} AS ${namedOf(slice.table, large)}`)
    await this.run(`DROP TABLE ${slice.table}`)
    return { ...slice, table }
  }

  private async make(of: Summed, level: Level, sql: string): Promise<Sliced> {
    const slice = sliced(of, level)
    this.temporary.add(slice.table)
    await this.run(`CREATE OR REPLACE TEMP TABLE ${slice.table} AS ${sql}`)
    return slice
  }

  private async sizes(slice: Sliced): Promise<Size[]> {
    const name = sizesName(slice)
    this.temporary.add(name)
    await this.run(sizesSql(name, slice.table))
    return sizesOf(await this.run(readSizesSql(name)))
  }
}

function nameOf(of: Summed, level: Level): string {
  return `${of.name}_${level.name}`
}

function sizesName({ of, level }: Sliced): string {
  return `sizes_${nameOf(of, level)}`
}
