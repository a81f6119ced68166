/** A question asked of two periods at once: its own, and another as long. */
import type { z } from 'zod'
import type { queryBody } from '../api/questions.ts'
import { WeirError } from '../api/errors.ts'
import type { Question } from './question.ts'
import { resolveRange } from './resolve.ts'
import { formatInterval, parseInterval } from './time.ts'

/** Columns beside a measure's: what it was in the other period, and how it changed relative to that. */
export const BEFORE = '.before'
export const CHANGE = '.change'

/** The column beside a measure's that has it with source and destination swapped. */
export const SWAPPED = '.swapped'

/** How long before the question's range the other period begins; negative where it is after. Throws `badRequest`. */
export function resolvePeriod(
  compare: z.output<typeof queryBody>['compare'],
  question: Question,
  nowMs: number,
): number | null {
  if (compare === undefined) return null
  const { fromMs, toMs, intervalMs } = question
  const backMs = typeof compare === 'string' ? spanOf(compare) : fromMs - otherOf(compare, question, nowMs)
  if (backMs === 0) throw bad(compare, 'is the period of the question itself')
  if (backMs > fromMs) throw bad(compare, 'is before 1970; take less')
  if (intervalMs !== null && backMs % intervalMs !== 0)
    throw bad(
      compare,
      `moves by ${formatInterval(Math.abs(backMs))}, which is no multiple of the interval ${formatInterval(intervalMs)}, so that no bucket has another to stand beside; take a multiple, or another interval`,
    )
  if (question.furtherMs.length > 0) throw bad(compare, 'goes with one interval; leave the others out')
  if (question.topPer === 'bucket')
    throw bad(compare, 'goes with the groups of the whole range; leave topPer out, or write range')
  if (toMs - backMs > 253_402_300_799_999) throw bad(compare, 'is after the year 9999; take less')
  return backMs
}

function spanOf(text: string): number {
  const span = text.startsWith('-') ? parseInterval(text.slice(1)) : null
  if (span === null) throw bad(text, 'is no length before; write such as -1d or -7d, or { "from": …, "to": … }')
  return span
}

/** Start of a period that is given by its ends, which must be as long as the range. */
function otherOf(
  compare: { readonly from: number | string; readonly to: number | string },
  { fromMs, toMs }: Question,
  nowMs: number,
): number {
  const other = resolveRange(compare, nowMs, 'compare.')
  if (other.toMs - other.fromMs !== toMs - fromMs)
    throw bad(
      compare,
      `lasts ${other.toMs - other.fromMs} ms and the range of the question ${toMs - fromMs} ms; both must be as long: end it at ${new Date(other.fromMs + toMs - fromMs).toISOString()}`,
    )
  return other.fromMs
}

function bad(compare: unknown, what: string): WeirError {
  return new WeirError('badRequest', `compare: ${JSON.stringify(compare)} ${what}`, {
    field: 'compare',
    value: compare,
  })
}
