/**
 * Sharing out bytes and packets over a flow's life. What has passed by time t is `floor(value × (t − start) / (end −
 * start))`, nothing up to the start, all of it from the end on; the share of `[a, b)` is the difference of two such
 * values. All in whole numbers, so shares always add up. A flow without duration has passed just after its end, and so
 * falls wholly to the bucket that holds it.
 */
import type { Bounds } from './source.ts'

/** How a count is written: 64 bits where no count of the source reaches 2^53, else 128, which takes three times as long. */
export function amount(column: string, wide: boolean): string {
  return `"${column}"::${wide ? 'HUGEINT' : 'BIGINT'}`
}

/** The share of a flow in `[a, b)`, both SQL. */
export function share(column: string, wide: boolean, a: string, b: string): string {
  return `(${passed(column, wide, b)} - ${passed(column, wide, a)})`
}

/** The share in the whole range, with the common case first. */
export function shareInRange(column: string, wide: boolean, { fromMs, toMs }: Bounds): string {
  return `CASE WHEN "start" >= ${fromMs} AND "end" < ${toMs} THEN ${amount(column, wide)} ELSE ${share(column, wide, String(fromMs), String(toMs))} END`
}

function passed(column: string, wide: boolean, t: string): string {
  const all = amount(column, wide)
  const duration = `("end" - "start")`
  const since = `(${t} - "start")`
  const exact = `((${amount(column, true)} * ${since}) // ${duration})`
  // 2^32 × 2^31 is less than 2^63.
  const part = wide ? exact : `CASE WHEN "${column}" < 4294967296 AND ${duration} < 2147483648 THEN (${all} * ${since}) // ${duration} ELSE ${exact}::BIGINT END`
  return `CASE WHEN ${t} <= "start" THEN 0 WHEN ${t} >= "end" THEN ${all} ELSE ${part} END`
}
