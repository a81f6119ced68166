/** Share of their speed, in per cent, in the place of the rates of interfaces. */
import type { CounterAnswer, CounterQuestion } from '../shared/query/counters.ts'
import { BEFORE, CHANGE, SWAPPED } from '../shared/query/periods.ts'
import type { Answer, AnswerLevel, Column, Question } from '../shared/query/question.ts'
import { rateBehind, type InterfaceGroups } from '../shared/query/utilisation.ts'
import type { JsonValue } from '../shared/schema/kinds.ts'

/** What answers counters: `Questions`, or a store. */
export interface CounterAnswerer {
  counters(question: CounterQuestion, signal: AbortSignal): Promise<CounterAnswer>
}

type Cells = readonly JsonValue[]

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Exporters whose speeds are looked up for one answer. */
const MOST_EXPORTERS = 200
const MOST_INTERFACES = 1000

/**
 * Puts the columns that were asked for in the place of the rates that they are worked out from. Null where the speed is
 * not known: no counters came from the interface in the last day of the range, or the hour before.
 */
export async function addUtilisation(
  answer: Answer,
  question: Question,
  asked: readonly string[],
  groups: InterfaceGroups,
  answerer: CounterAnswerer,
  signal: AbortSignal,
): Promise<Answer> {
  const first = question.intervalMs === null ? 0 : 1
  const { index, exporter } = groups
  const exporterOf = (row: Cells) => String(typeof exporter === 'string' ? exporter : row[first + exporter])
  const named = answer.rows.slice(0, answer.meta.otherRow ?? answer.rows.length)
  const exporters = [...new Set(named.map(exporterOf))].slice(0, MOST_EXPORTERS)
  const speeds = new Map<string, ReadonlyMap<number, number>>()
  for (const each of exporters) speeds.set(each, await speedsOf(each, question, answerer, signal))
  const speedOf = (row: Cells) => speeds.get(exporterOf(row))?.get(Number(row[first + index])) ?? null

  const start = first + question.groupBy.length
  const cells = asked.flatMap((name) => cellsOf(name, answer.columns))
  const shown = (rows: readonly Cells[], skip: number, speed: (row: Cells) => number | null) =>
    rows.map((row): Cells => {
      const of = speed(row)
      return [
        ...row.slice(0, start - skip),
        ...cells.map(({ at, isShare }) => shareOf(row[at - skip] ?? null, isShare, of)),
      ]
    })
  const level = <L extends Pick<AnswerLevel, 'rows' | 'totals'>>(of: L, otherRow: number | null): L => ({
    ...of,
    rows: [
      ...shown(of.rows.slice(0, otherRow ?? of.rows.length), 0, speedOf),
      ...shown(otherRow === null ? [] : of.rows.slice(otherRow), 0, () => null),
    ],
    ...(of.totals ? { totals: shown(of.totals, question.groupBy.length, () => null) } : {}),
  })
  return {
    ...level(answer, answer.meta.otherRow),
    columns: [...answer.columns.slice(0, start), ...cells.map(({ column }) => column)],
    ...(answer.further ? { further: answer.further.map((each) => level(each, each.otherRow)) } : {}),
  }
}

interface Cell {
  readonly column: Column
  /** Place in the row. */
  readonly at: number
  /** Whether it is to be set against the speed. */
  readonly isShare: boolean
}

/** Columns of a measure, and of what it was in another period. */
function cellsOf(name: string, columns: readonly Column[]): Cell[] {
  const rate = rateBehind(name)
  return ['', BEFORE, CHANGE, SWAPPED].flatMap((suffix): Cell[] => {
    const at = columns.findIndex((column) => column.name === `${rate ?? name}${suffix}`)
    const column = columns[at]
    if (!column) return []
    if (rate === undefined) return [{ column, at, isShare: false }]
    return [{ column: { name: `${name}${suffix}`, kind: 'f64', unit: '%' }, at, isShare: suffix !== CHANGE }]
  })
}

function shareOf(value: JsonValue, isShare: boolean, speed: number | null): JsonValue {
  if (!isShare) return value
  return value === null || speed === null ? null : (100 * Number(value)) / speed
}

/** Bits per second by number of interface, as counters last said. */
async function speedsOf(
  exporter: string,
  { fromMs, toMs }: Question,
  answerer: CounterAnswerer,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  const sinceMs = Math.max(0, Math.max(fromMs, toMs - DAY_MS) - HOUR_MS)
  const { series } = await answerer.counters(
    {
      fromMs: sinceMs,
      toMs,
      intervalMs: toMs - sinceMs,
      exporter,
      kind: 'interface',
      sources: null,
      counters: ['in.bytes'],
      states: ['if.speed'],
      limit: MOST_INTERFACES,
    },
    signal,
  )
  return new Map(
    series.flatMap(({ source, last }): [number, number][] => {
      const speed = last['if.speed'] ?? 0
      return speed > 0 ? [[source, speed]] : []
    }),
  )
}
