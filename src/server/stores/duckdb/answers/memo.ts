/**
 * Sums of full blocks, kept for questions that are asked again and again, as dashboards do: the second time costs the
 * rows that came since, not all of them. Exact, because a block's rows never change and a block is only taken whole.
 * Blocks are put together by fours. Ten dashboards at 100,000 flows/s: see bench/dashboards.ts.
 */
import type { Reader } from '../files/database.ts'
import { BLOCK_ROWS } from '../files/blocks.ts'
import type { FlowsPart, Part } from '../sql/source.ts'
import { groupNames, mergedSums, shapeKey, sums, type Shape } from '../sql/sums.ts'

/** Blocks are put together by so many, so many times over: up to 31 M rows. */
const FAN = 4
const LEVELS = 4
/** Sums are no help where there are nearly as many groups as rows. */
const MOST_GROUPS = 0.5
/** What each column of a table of sums takes, about, and what each row takes for it: 117 KB for one row of five columns. */
const COLUMN_BYTES = 24 * 1024
const CELL_BYTES = 16
/** What a text takes besides. */
const TEXT_BYTES = 48
/** A table that so many questions of its shape have not read is dropped: its rows are in sums that are kept, or too old. */
const UNREAD = 100
/** Shapes that are remembered as having been asked. */
const REMEMBERED = 200

/** Rows of a partition `[from, to)`. */
interface Rows {
  readonly from: number
  readonly to: number
}

/** Sums of some rows, in a table in memory. */
interface Node {
  readonly name: string
  readonly bytes: number
  /** The how manieth question of its shape has read it last. */
  read: number
}

interface Kept {
  readonly key: string
  readonly nodes: Map<string, Node>
  /** Questions that may be reading the tables now. */
  users: number
  asked: number
  worthless: boolean
  building: Promise<void> | null
  /** Tables to drop when nobody reads them. */
  readonly done: Node[]
}

/** Rows `[from, to)` that are wholly in the range. */
interface Span {
  readonly part: FlowsPart
  readonly from: number
  readonly to: number
}

export class Memo {
  private readonly kept = new Map<string, Kept>()
  private readonly budgetBytes: number
  private named = 0

  constructor(budgetBytes: number) {
    this.budgetBytes = budgetBytes
  }

  /** For one question: `sums` gives statements whose tables stay until `release`. */
  session(reader: Reader): {
    sums(shape: Shape, parts: readonly Part[]): Promise<string>
    release(): Promise<void>
  } {
    const used = new Set<Kept>()
    return {
      sums: async (shape, parts) => {
        const kept = this.of(shape)
        kept.asked++
        if (kept.asked === 1 || kept.worthless) return sums(shape, parts)
        if (!used.has(kept)) kept.users++
        used.add(kept)
        return this.statement(kept, shape, parts, reader)
      },
      release: async () => {
        for (const kept of used) kept.users--
        // What is not dropped now, because the question was ended, is dropped another time.
        if (used.size > 0) await this.tidy(reader).catch(() => undefined)
      },
    }
  }

  private of(shape: Shape): Kept {
    const key = shapeKey(shape)
    const kept = this.kept.get(key) ?? {
      key,
      nodes: new Map<string, Node>(),
      users: 0,
      asked: 0,
      worthless: false,
      building: null,
      done: [],
    }
    // The one asked last stands last.
    this.kept.delete(key)
    this.forgetOldest()
    this.kept.set(key, kept)
    return kept
  }

  /** Makes room for one more shape. Those with tables go when these are dropped; see `tidy`. */
  private forgetOldest(): void {
    if (this.kept.size < REMEMBERED) return
    for (const { key, users, nodes, done } of this.kept.values()) {
      if (users > 0 || nodes.size + done.length > 0) continue
      this.kept.delete(key)
      return
    }
  }

  private async statement(kept: Kept, shape: Shape, parts: readonly Part[], reader: Reader): Promise<string> {
    const spans: Span[] = []
    const rest: Part[] = []
    for (const part of parts) {
      const { whole, left } = spansOf(part)
      spans.push(...whole)
      rest.push(...left)
    }
    const tables = await this.have(kept, shape, spans, reader)
    if (tables === null || tables.length === 0) return sums(shape, parts)
    return mergedSums(shape, tables, rest.length > 0 ? sums(shape, rest) : null)
  }

  /** The tables of the spans, after making those that are missing; one question at a time for each shape. Null where they are no help. */
  private async have(kept: Kept, shape: Shape, spans: readonly Span[], reader: Reader): Promise<string[] | null> {
    while (!kept.worthless) {
      const nodes = spans.flatMap((span) => kept.nodes.get(keyOf(span)) ?? [])
      if (nodes.length === spans.length) {
        for (const node of nodes) node.read = kept.asked
        return nodes.map(({ name }) => `memory.${name}`)
      }
      if (kept.building) {
        await kept.building.catch(() => undefined)
        continue
      }
      const missing = spans.filter((span) => !kept.nodes.has(keyOf(span)))
      kept.building = this.make(kept, shape, missing, reader)
      try {
        await kept.building
      } finally {
        kept.building = null
      }
    }
    return null
  }

  private async make(kept: Kept, shape: Shape, missing: readonly Span[], reader: Reader): Promise<void> {
    for (const span of missing) {
      const parts = partsOf(span).map((part) => ({ key: keyOf(part), node: kept.nodes.get(keyOf(part)) }))
      const tables = parts.flatMap(({ node }) => (node ? [`memory.${node.name}`] : []))
      const sql = tables.length === FAN ? mergedSums(shape, tables, null) : sums(shape, [rowsOf(span.part, span)])
      const name = `sums${++this.named}`
      const [row] = await reader.rows(`CREATE TABLE memory.${name} AS ${sql}`)
      const rows = Number(row?.[0] ?? 0)
      const node = {
        name,
        bytes:
          (rows * CELL_BYTES + COLUMN_BYTES) * (groupNames(shape).length + shape.counts.length + 3) +
          rows * shape.texts * TEXT_BYTES,
        read: kept.asked,
      }
      if (rows > (span.to - span.from) * MOST_GROUPS || node.bytes > this.budgetBytes / 2) {
        kept.worthless = true
        kept.done.push(node, ...kept.nodes.values())
        kept.nodes.clear()
        return
      }
      kept.nodes.set(keyOf(span), node)
      for (const { key, node: part } of parts) {
        if (part) kept.done.push(part)
        kept.nodes.delete(key)
      }
    }
  }

  /** Drops what is put together, and shapes not asked for longest while there are too many or their tables too large. */
  private async tidy(reader: Reader): Promise<void> {
    let total = 0
    for (const kept of this.kept.values()) for (const node of kept.nodes.values()) total += node.bytes
    for (const kept of this.kept.values()) {
      if (kept.users > 0) continue
      const tooMany = this.kept.size > REMEMBERED
      if (total > this.budgetBytes || tooMany) {
        for (const node of kept.nodes.values()) total -= node.bytes
        kept.done.push(...kept.nodes.values())
        kept.nodes.clear()
        kept.asked = 0
      }
      for (const [key, node] of kept.nodes) {
        if (kept.asked - node.read <= UNREAD) continue
        kept.nodes.delete(key)
        kept.done.push(node)
      }
      // Meanwhile another question may come that reads them.
      while (kept.users === 0) {
        const node = kept.done.shift()
        if (!node) break
        try {
          await reader.run(`DROP TABLE IF EXISTS memory.${node.name}`)
        } catch (error) {
          kept.done.push(node)
          throw error
        }
      }
      if (tooMany && kept.users === 0 && kept.nodes.size + kept.done.length === 0) this.kept.delete(kept.key)
    }
  }
}

/** The largest whole spans of a part, and what is left before and after them. */
function spansOf(part: Part): { whole: Span[]; left: Part[] } {
  if ('table' in part || !part.source.inside || part.longerThanMs !== undefined || part.oneIn !== undefined)
    return { whole: [], left: [part] }
  const { from, to } = part.source.rows as Rows
  const whole: Span[] = []
  const first = Math.ceil(from / BLOCK_ROWS) * BLOCK_ROWS
  let at = first
  while (at + BLOCK_ROWS <= to) {
    let rows = BLOCK_ROWS
    for (let level = 0; level < LEVELS && at % (rows * FAN) === 0 && at + rows * FAN <= to; level++) rows *= FAN
    whole.push({ part, from: at, to: at + rows })
    at += rows
  }
  if (whole.length === 0) return { whole, left: [part] }
  const ends = [
    { from, to: first },
    { from: at, to },
  ]
  return { whole, left: ends.filter((rows) => rows.from < rows.to).map((rows) => rowsOf(part, rows)) }
}

function rowsOf(part: FlowsPart, { from, to }: Rows): FlowsPart {
  return { ...part, source: { ...part.source, rows: { from, to } } }
}

function partsOf({ part, from, to }: Span): Span[] {
  const rows = (to - from) / FAN
  return rows < BLOCK_ROWS
    ? []
    : Array.from({ length: FAN }, (_, i) => ({ part, from: from + i * rows, to: from + (i + 1) * rows }))
}

function keyOf({ part: { source }, from, to }: Span): string {
  return `${source.table} ${source.generation} ${from} ${to}`
}
