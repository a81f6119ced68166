/**
 * What interfaces of a cloud did not see (`coverage.duckdb`): a row for each interface, state and span that a log told of.
 * An idle interface tells every minute to ten, so that a thousand of them make a million rows a week at most.
 */
import type { DuckDBConnection } from '@duckdb/node-api'
import { existsSync } from 'node:fs'
import {
  COVERAGE_STATES,
  type CoverageAnswer,
  type CoverageQuestion,
  type InterfaceCoverage,
  type Span,
} from '../../../shared/query/coverage.ts'
import type { Covered } from '../../intake/log-keeper.ts'
import { LONGEST_TEXT, storable } from '../../intake/texts.ts'
import type { Attachments } from './files/attachments.ts'
import type { Reader } from './files/database.ts'
import { DayFile } from './files/day-file.ts'
import { text } from './exchange/export.ts'

const DATABASE = 'coverage'
const TABLE = `"${DATABASE}".facts`
/** Facts that are written in one statement. */
const AT_ONCE = 500
/** Facts told together; a log line says a few minutes. */
const LONGEST_MS = 2 * 86_400_000

export class CoverageStore {
  private readonly file: CoverageFile
  private readonly connection: DuckDBConnection
  private readonly attachments: Attachments
  private turn: Promise<void> = Promise.resolve()

  constructor(folder: string, connection: DuckDBConnection, attachments: Attachments) {
    this.file = new CoverageFile(folder)
    this.connection = connection
    this.attachments = attachments
  }

  /** Keeps facts; the same one any number of times is one. Resolves when they are on disk. */
  take(facts: readonly Covered[]): Promise<void> {
    return this.inTurn(() => this.work(() => this.write(facts.filter(isPlausible))))
  }

  /** Lets go of what ended before that moment. */
  dropBefore(ms: number): Promise<void> {
    if (!existsSync(this.file.file)) return Promise.resolve()
    return this.inTurn(() =>
      this.work(async () => {
        await this.connection.run(`DELETE FROM ${TABLE} WHERE to_ms < ${ms}`)
      }),
    )
  }

  async answer(
    question: CoverageQuestion,
    read: <T>(ask: (reader: Reader) => Promise<T>) => Promise<T>,
  ): Promise<CoverageAnswer> {
    const began = performance.now()
    if (!existsSync(this.file.file)) return { interfaces: [], leftOut: 0, tookMs: 0 }
    const rows = await this.work(() => read((reader) => reader.rows(spansSql(question))))
    const found = new Map<string, InterfaceCoverage & { noData: Span[]; skipped: Span[] }>()
    let leftOut = 0
    for (const [source, account, name, state, fromMs, toMs, all] of rows) {
      leftOut = Number(all) - question.limit
      const key = JSON.stringify([source, account, name])
      const one = found.get(key) ?? {
        source: String(source),
        account: String(account),
        interface: String(name),
        noData: [],
        skipped: [],
      }
      found.set(key, one)
      ;(state === 'NODATA' ? one.noData : one.skipped).push([Number(fromMs), Number(toMs)])
    }
    return { interfaces: [...found.values()], leftOut: Math.max(0, leftOut), tookMs: performance.now() - began }
  }

  private async write(facts: readonly Covered[]): Promise<void> {
    for (let from = 0; from < facts.length; from += AT_ONCE) {
      const values = facts
        .slice(from, from + AT_ONCE)
        .map(
          (fact) =>
            `(${[fact.source, fact.account, fact.interface, fact.status].map(kept).join()}, ${fact.fromMs}, ${fact.toMs})`,
        )
      await this.connection.run(`INSERT INTO ${TABLE}
        SELECT DISTINCT * FROM (VALUES ${values.join()}) AS told(source, account, interface, state, from_ms, to_ms)
        ANTI JOIN ${TABLE} USING (source, account, interface, state, from_ms, to_ms)`)
    }
  }

  private async work<T>(work: () => Promise<T>): Promise<T> {
    if (!this.file.known) {
      await this.file.open(this.connection)
      await this.attachments.opened(this.file)
    }
    return this.attachments.use([this.file], work)
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.turn.then(work)
    this.turn = done.catch(() => undefined)
    return done
  }
}

class CoverageFile extends DayFile {
  constructor(folder: string) {
    super(folder, DATABASE, DATABASE)
  }

  override facts(): null {
    return null
  }

  override recall(): boolean {
    return false
  }

  protected override async read(connection: DuckDBConnection): Promise<void> {
    await connection.run(
      `CREATE TABLE IF NOT EXISTS ${TABLE}(source VARCHAR, account VARCHAR, interface VARCHAR, state VARCHAR, from_ms BIGINT, to_ms BIGINT)`,
    )
  }
}

/** They come from anybody: a NUL in one would end the statement, and one may be as long as a record. */
function kept(value: string): string {
  return text(storable(value.slice(0, LONGEST_TEXT)))
}

function isPlausible({ status, fromMs, toMs }: Covered): boolean {
  return (
    COVERAGE_STATES.includes(status) &&
    Number.isSafeInteger(fromMs) &&
    Number.isSafeInteger(toMs) &&
    fromMs <= toMs &&
    toMs - fromMs <= LONGEST_MS
  )
}

/** Spans within the range, those that touch put together, of the interfaces that were left out for longest. */
function spansSql({ fromMs, toMs, limit }: CoverageQuestion): string {
  const key = 'source, account, interface'
  return `WITH told AS (
      SELECT ${key}, state, greatest(from_ms, ${fromMs}) AS from_ms, least(to_ms, ${toMs}) AS to_ms
      FROM ${TABLE} WHERE to_ms > ${fromMs} AND from_ms < ${toMs}),
    marked AS (
      SELECT *, from_ms > max(to_ms) OVER earlier + 1000 AS begins
      FROM told WINDOW earlier AS (PARTITION BY ${key}, state ORDER BY from_ms, to_ms ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)),
    numbered AS (
      SELECT *, count(*) FILTER (begins) OVER (PARTITION BY ${key}, state ORDER BY from_ms, to_ms ROWS UNBOUNDED PRECEDING) AS span
      FROM marked),
    spans AS (SELECT ${key}, state, span, min(from_ms) AS from_ms, max(to_ms) AS to_ms FROM numbered GROUP BY ALL),
    ranked AS (
      SELECT ${key}, row_number() OVER (ORDER BY coalesce(sum(to_ms - from_ms) FILTER (state = 'SKIPDATA'), 0) DESC, sum(to_ms - from_ms) DESC, ${key}) AS rank, count(*) OVER () AS interfaces
      FROM spans GROUP BY ${key})
    SELECT ${key}, state, from_ms, to_ms, interfaces FROM spans JOIN ranked USING (${key})
    WHERE rank <= ${limit} ORDER BY rank, state, from_ms`
}
