/** What a format of flow logs is to the rest: something that takes one record after the other and writes flows. */
import type { CoverageState } from '../../../../shared/query/coverage.ts'
import type { LogType } from '../../../../shared/schema/codes.ts'
import type { LossName } from '../../../../shared/losses.ts'
import type { LogRow } from './log-row.ts'

/** What an interface did not see, or that it saw nothing. Never a flow. */
export interface Coverage {
  /** `NODATA`: no traffic; `SKIPDATA`: records were left out by the cloud. */
  readonly status: CoverageState
  readonly account: string
  readonly interface: string
  readonly fromMs: number
  readonly toMs: number
}

/** Why a record was not taken. */
export interface Refusal {
  readonly loss: Extract<LossName, `log.${string}`>
  /** What is wrong with it, in words, with the value. */
  readonly reason: string
}

export function badRecord(reason: string): Refusal {
  return { loss: 'log.badRecord', reason }
}

/** What holds for all records of a file, an object or a stream. */
export interface LogContext {
  readonly row: LogRow
  /**
   * Which fields the records have, in their order, by the names that the format gives them: what the configuration says, or
   * the cloud; null where neither does. A header line goes before it.
   */
  readonly layout: readonly string[] | null
  covered(fact: Coverage): void
  /** A part of a record that holds many flows was not taken; the rest of it is. `text`: the part. */
  refused(refusal: Refusal, text: string): void
}

/** The names in a layout as people and clouds write it: `${version} ${vpc-id} …`, or without `${}`. */
export function layoutOf(text: string): readonly string[] {
  return text.trim().split(/\s+/)
}

/** Reads the records of one file, object or stream, in their order. */
export interface LogDecoder {
  /**
   * Takes the record in `bytes[from, to)`, a line without its end or a JSON document. Null where it was taken as flows, as
   * coverage, as a header or as nothing (an empty line, a comment); else why not. Never throws; a record that is refused
   * has written nothing.
   */
  take(bytes: Uint8Array, from: number, to: number): Refusal | null
}

export interface LogFormat {
  readonly name: LogType
  /**
   * How records stand in a file: a line each, or a JSON document each, or either, which the first octet tells. JSON documents
   * stand one after the other with anything or nothing between them, in a list, or in the list `records` of one large
   * document.
   */
  readonly records: 'lines' | 'json' | 'either'
  /**
   * Whether a file that begins so is of this format, by something that no other has. For JSON, `head` is the beginning of the
   * first record.
   */
  recognise(head: string): boolean
  open(context: LogContext): LogDecoder
}
