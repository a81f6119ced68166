/** When an address was seen: a row for each day, out of the partitions' tables of addresses, and flows that are in none yet. */
import type { SeenAnswer, SeenDay, SeenQuestion, SeenSide } from '../../../shared/query/seen.ts'
import type { Reader } from './database.ts'
import { dayName } from './day-file.ts'
import { seenInFlows, seenInHosts } from './sql/hosts.ts'
import type { Source } from './sql/source.ts'
import { jsonNumber } from './values.ts'

/** What is known of a partition. */
export interface PartitionSeen {
  /** Its table of addresses. */
  readonly hosts: string | null
  /** Flows that are not in it. */
  readonly flows: Source | null
}

/** Partitions that are asked for in one statement. */
const AT_ONCE = 64

interface Sum {
  first: number
  last: number
  flows: bigint
  bytes: bigint | null
}

export async function answerSeen(
  question: SeenQuestion,
  reader: Reader,
  partitions: readonly PartitionSeen[],
): Promise<Pick<SeenAnswer, 'first' | 'last' | 'days'>> {
  const found = new Map<number, (Sum | undefined)[]>()
  for (let from = 0; from < partitions.length; from += AT_ONCE) {
    const statements = partitions
      .slice(from, from + AT_ONCE)
      .flatMap(({ hosts, flows }) => [
        ...(hosts === null ? [] : [seenInHosts(hosts, question)]),
        ...(flows === null ? [] : [seenInFlows(flows, question)]),
      ])
    for (const row of await reader.rows(statements.join(' UNION ALL '))) {
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
  }
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
