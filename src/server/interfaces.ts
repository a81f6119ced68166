/** What an interface counted beside what the flows say that went through it. */
import type { AnswerOf } from '../shared/api/contract.ts'
import type { CounterAnswer, CounterQuestion, CounterSeries } from '../shared/query/counters.ts'
import { PLAIN, type Answer, type Question } from '../shared/query/question.ts'
import { INTERFACE_COUNTERS, SIDES, type Side } from '../shared/query/resolve-counters.ts'

type Interfaces = AnswerOf<'interfaces'>
type InterfaceSide = Interfaces['interfaces'][number]['in']

/** A bucket counts in the comparison when its counters are known for this much of it. */
const KNOWN_SHARE = 0.99
/** Directions of a flow: in, out, not said. */
const DIRECTIONS = 3

/** Bits of flows by bucket, of one interface in one direction. */
interface Flows {
  readonly bits: number[]
  readonly layer: 2 | 3
}

/** The question for the flows of the interfaces that the counters are known of. */
export function flowQuestion(question: CounterQuestion, counted: CounterAnswer, side: Side): Question {
  const { fromMs, toMs, intervalMs, exporter } = question
  const field = `${side}.if` as const
  return {
    ...PLAIN,
    fromMs,
    toMs,
    filter: {
      op: 'in',
      field,
      ranges: counted.series.map(({ source }) => ({ low: BigInt(source), high: BigInt(source) })),
    },
    groupBy: [field, 'direction'],
    measures: ['bytes', 'bytes.l2'],
    intervalMs,
    limit: counted.series.length * DIRECTIONS,
    orderBy: 'bytes',
    other: false,
    scope: { exporter },
  }
}

/** Both answers together. `flows`: those of `flowQuestion`; `names`: interface names by number. */
export function compare(
  question: CounterQuestion,
  counted: CounterAnswer,
  flows: Readonly<Record<Side, Answer>>,
  names: ReadonlyMap<number, string>,
): Interfaces {
  const lengths = counted.times.map(
    (time) => Math.min(question.toMs, time + question.intervalMs) - Math.max(question.fromMs, time),
  )
  const bySide = { in: readFlows(flows.in, counted, lengths), out: readFlows(flows.out, counted, lengths) }
  return {
    times: [...counted.times],
    interval: counted.intervalMs,
    interfaces: counted.series.map((series) => {
      const speed = series.last['if.speed'] || null
      const status = series.last['if.status'] ?? null
      const sideOf = (side: Side) => sideFrom(series, side, bySide[side].get(series.source), lengths, speed)
      return {
        index: series.source,
        name: names.get(series.source) ?? null,
        speed,
        type: series.last['if.type'] ?? null,
        admin: status === null ? null : (status & 1) !== 0,
        up: status === null ? null : (status & 2) !== 0,
        lastSeen: series.lastSeenMs,
        in: sideOf('in'),
        out: sideOf('out'),
      }
    }),
    leftOut: counted.leftOut,
    tookMs: counted.tookMs + flows.in.meta.tookMs + flows.out.meta.tookMs,
  }
}

function sideFrom(
  series: CounterSeries,
  side: Side,
  flows: Flows | undefined,
  lengths: readonly number[],
  speed: number | null,
): InterfaceSide {
  const names = INTERFACE_COUNTERS[side]
  const octets = series.values[names.bytes] ?? []
  const covered = series.coveredMs[names.bytes] ?? []
  const bits = octets.map((value) => (value === null ? null : value * 8))
  const flowBits = flows?.bits ?? lengths.map(() => 0)
  let countedSum = 0
  let flowSum = 0
  for (const [i, length] of lengths.entries()) {
    const value = bits[i] ?? null
    if (value === null || (covered[i] ?? 0) < length * KNOWN_SHARE) continue
    countedSum += (value * length) / 1000
    flowSum += flowBits[i] ?? 0
  }
  const average = averageOf(bits, covered)
  const packets = [names.unicast, names.multicast, names.broadcast].map((name) => series.values[name] ?? [])
  const known = bits.filter((value) => value !== null)
  return {
    bps: average,
    peakBps: known.length > 0 ? known.reduce((most, value) => Math.max(most, value), 0) : null,
    utilisation: average !== null && speed !== null ? average / speed : null,
    pps: averageOf(
      lengths.map((_, i) => sumOf(packets.map((values) => values[i] ?? null))),
      series.coveredMs[names.unicast] ?? [],
    ),
    errors: totalOf(series, names.errors),
    discards: totalOf(series, names.discards),
    series: bits,
    flows: {
      bps: flowBits.reduce((sum, value) => sum + value, 0) / (lengths.reduce((sum, ms) => sum + ms, 0) / 1000),
      layer: flows?.layer ?? null,
      share: countedSum > 0 ? flowSum / countedSum : null,
      series: flowBits.map((value, i) => (value * 1000) / (lengths[i] ?? 1)),
    },
  }
}

/**
 * By interface. A device may look at packets where they come in, where they go out, or at both, and then sees them
 * twice: the side that saw more is taken. Layer-2 octets go before those of layer 3, which leave the frames out.
 */
function readFlows(answer: Answer, counted: CounterAnswer, lengths: readonly number[]): ReadonlyMap<number, Flows> {
  const first = counted.times[0] ?? 0
  const sums = new Map<number, { seen: Record<'in' | 'out', { layer2: number[]; layer3: number[] }> }>()
  const zeros = () => lengths.map(() => 0)
  for (const [time, index, direction, bytes, layer2] of answer.rows) {
    const bucket = Math.round((Number(time) - first) / counted.intervalMs)
    let sum = sums.get(Number(index))
    if (!sum) {
      const blank = () => ({ layer2: zeros(), layer3: zeros() })
      sums.set(Number(index), (sum = { seen: { in: blank(), out: blank() } }))
    }
    const at = sum.seen[direction === 'egress' ? 'out' : 'in']
    at.layer3[bucket] = (at.layer3[bucket] ?? 0) + 8 * Number(bytes ?? 0)
    at.layer2[bucket] = (at.layer2[bucket] ?? 0) + 8 * Number(layer2 ?? 0)
  }
  return new Map(
    [...sums].map(([index, { seen }]) => {
      const choices = SIDES.flatMap((side): Flows[] => [
        { bits: seen[side].layer2, layer: 2 },
        { bits: seen[side].layer3, layer: 3 },
      ])
      const total = ({ bits }: Flows) => bits.reduce((sum, value) => sum + value, 0)
      return [index, choices.reduce((best, one) => (total(one) > total(best) ? one : best))]
    }),
  )
}

/** Over the time for which it is known. */
function averageOf(values: readonly (number | null)[], coveredMs: readonly number[]): number | null {
  let sum = 0
  let known = 0
  for (const [i, value] of values.entries()) {
    if (value === null) continue
    sum += value * (coveredMs[i] ?? 0)
    known += coveredMs[i] ?? 0
  }
  return known > 0 ? sum / known : null
}

/** How many were counted in the time for which it is known. */
function totalOf(series: CounterSeries, name: keyof CounterSeries['values']): number | null {
  const values = series.values[name] ?? []
  const covered = series.coveredMs[name] ?? []
  if (values.every((value) => value === null)) return null
  return Math.round(values.reduce<number>((sum, value, i) => sum + ((value ?? 0) * (covered[i] ?? 0)) / 1000, 0))
}

/** Of what is known; null where nothing is. */
function sumOf(values: readonly (number | null)[]): number | null {
  return values.reduce((sum, value) => (value === null ? sum : (sum ?? 0) + value), null)
}
