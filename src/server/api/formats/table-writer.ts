/** What writes a table in one form. It never holds more than a page and what a form needs to know at its end. */
import type { AnswerKind, JsonValue } from '../../../shared/schema/kinds.ts'

export interface TableColumn {
  readonly name: string
  readonly kind: AnswerKind
}

export type Row = readonly JsonValue[]
export type Chunk = string | Uint8Array

export interface TableWriter {
  /** What stands before the first row. */
  begin(): Iterable<Chunk>
  /** A page of rows; a chunk at a time, so that others get their turn between. */
  page(rows: readonly Row[]): Iterable<Chunk>
  /** What stands behind the last row. */
  end(): Iterable<Chunk>
}

/** `meta` is what the answer rests on, as JSON text; forms that have a place for it carry it. */
export type MakeWriter = (columns: readonly TableColumn[], meta: string) => TableWriter
