/** When an address was seen: a row for each day, out of the months' and the days' tables of addresses, and flows that are in none yet. */
import type { SeenAnswer, SeenDay, SeenQuestion, SeenSide } from '../../../../shared/query/seen.ts'
import type { Reader } from '../files/database.ts'
import { dayName } from '../files/day-file.ts'
import type { DayFiles } from './days.ts'
import { monthOf, type HostMonths } from '../rollups/host-months.ts'
import { HOSTS, HOSTS_FOLDER, hostsTable } from '../rollups/hosts.ts'
import { parseState, type RollupFile, type RollupState } from '../rollups/rollup-file.ts'
import { monthTable, seenInFlows, seenInHosts } from '../sql/hosts.ts'
import { jsonNumber } from './values.ts'

/** Tables that are asked for in one statement. */
const AT_ONCE = 64

/** Of the name of a partition. */
const DAY_LETTERS = '2026-11-24'.length

interface Sum {
  first: number
  last: number
  flows: bigint
  bytes: bigint | null
}

/** What is asked, beside the months: days that are in none, and flows that came since. */
export function besideMonths(days: readonly DayFiles[], months: HostMonths | null): DayFiles[] {
  return days.flatMap((day) => {
    const own = hoursOf(day)
    const { flows, sums } = own
    const taken = months?.rowsOf(day.name) ?? 0
    if (taken === 0) return own
    if (!flows) return sums.some(({ state }) => state.rolled > taken) ? own : []
    if (flows.rows.to < taken) return own
    return flows.rows.to > taken ? { ...own, sums: [] } : []
  })
}

/** The day with the file that its addresses are in. */
export function hoursOf({ name, flows, sums }: DayFiles): DayFiles {
  return { name, flows, sums: sums.filter(({ folder }) => folder === HOSTS_FOLDER) }
}

/**
 * `beside` are the days of `besideMonths`, `names` all that there are. To be used within one transaction of the reader, whose
 * first statement this runs.
 */
export async function answerSeen(
  question: SeenQuestion,
  reader: Reader,
  months: HostMonths | null,
  names: readonly string[],
  beside: readonly DayFiles[],
): Promise<Pick<SeenAnswer, 'first' | 'last' | 'days' | 'notIndexed'>> {
  const known = months ? await reader.rows(months.daysSql) : []
  const taken = new Map(known.map(([name, rows]) => [String(name), Number(rows)]))
  const states = await readStates(
    beside.flatMap(({ sums }) => sums),
    reader,
  )
  // Days whose own files are read are not read out of their month.
  const own = new Set(beside.filter(({ sums, flows }) => sums.length > 0 || !flows).map(({ name }) => name))
  const counted = new Set(names.filter((name) => taken.has(name) && !own.has(name)))
  const without = [...taken.keys()].filter((name) => !counted.has(name))
  const parts = beside.map((day) => partOf(day, states, counted.has(day.name) ? (taken.get(day.name) ?? 0) : null))
  const statements = [
    ...[...new Set([...counted].map(monthOf))].map((month) =>
      seenInHosts(
        monthTable(month),
        question,
        without.filter((name) => monthOf(name) === month),
      ),
    ),
    ...parts.flatMap(({ hosts, flows }) => [
      ...(hosts === null ? [] : [seenInHosts(hosts, question)]),
      ...(flows === null ? [] : [seenInFlows(flows, question)]),
    ]),
  ]
  const found = new Map<number, (Sum | undefined)[]>()
  for (let from = 0; from < statements.length; from += AT_ONCE) {
    const rows = await reader.rows(statements.slice(from, from + AT_ONCE).join(' UNION ALL '))
    for (const row of rows) {
      const [day, side, first, last] = row.map(Number) as [number, number, number, number]
      const sides = found.get(day) ?? []
      found.set(day, sides)
      const sum = { first, last, flows: row[4] as bigint, bytes: row[5] as bigint | null }
      sides[side] = add(sides[side], sum)
    }
  }
  const seen = [...found]
    .toSorted(([a], [b]) => a - b)
    .map(([day, sides]): SeenDay => ({
      day: dayName(day),
      ...spanOf(sides),
      sent: sideOf(sides[0]),
      received: sideOf(sides[1]),
    }))
  return {
    first: seen.length > 0 ? Math.min(...seen.map((day) => day.first)) : null,
    last: seen.length > 0 ? Math.max(...seen.map((day) => day.last)) : null,
    days: seen,
    notIndexed: [...new Set(parts.flatMap(({ notIndexed }) => notIndexed ?? []))].toSorted(),
  }
}

/** Where the addresses of a day stand: in its table, in flows that are in none, or, where it has not all, in all flows. */
function partOf({ name, flows, sums }: DayFiles, states: ReadonlyMap<RollupFile, RollupState>, inMonth: number | null) {
  const since = (from: number) =>
    flows && flows.rows.to > from ? { ...flows, rows: { from, to: flows.rows.to } } : null
  if (inMonth !== null) return { hosts: null, flows: since(inMonth), notIndexed: null }
  const [file] = sums
  const state = file && states.get(file)
  const table = state?.tables[HOSTS]
  const isWhole = table?.left === 0
  const hosts = file && table && (isWhole || !flows) ? hostsTable(file.databaseName) : null
  const from = hosts === null ? 0 : (state?.rolled ?? 0)
  return { hosts, flows: since(from), notIndexed: !flows && !isWhole ? name.slice(0, DAY_LETTERS) : null }
}

function add(a: Sum | undefined, b: Sum): Sum {
  if (!a) return b
  return {
    first: Math.min(a.first, b.first),
    last: Math.max(a.last, b.last),
    flows: a.flows + b.flows,
    bytes: a.bytes === null ? b.bytes : a.bytes + (b.bytes ?? 0n),
  }
}

function spanOf(sides: readonly (Sum | undefined)[]): { first: number; last: number } {
  const known = sides.filter((side) => side !== undefined)
  return {
    first: Math.min(...known.map(({ first }) => first)),
    last: Math.max(...known.map(({ last }) => last)),
  }
}

function sideOf(sum: Sum | undefined): SeenSide | null {
  return sum ? { flows: jsonNumber(sum.flows), bytes: jsonNumber(sum.bytes) } : null
}

/** What the files say of themselves at this moment. */
async function readStates(files: readonly RollupFile[], reader: Reader): Promise<ReadonlyMap<RollupFile, RollupState>> {
  if (files.length === 0) return new Map()
  const rows = await reader.rows(files.map((file, i) => `SELECT ${i}, (${file.stateSql})`).join(' UNION ALL '))
  return new Map(rows.map(([i, text]) => [files[Number(i)] as RollupFile, parseState(String(text))]))
}
