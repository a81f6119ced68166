/** What a window is set against. */
import { WeirError } from '../../shared/api/errors.ts'
import { COMPARE_LIMITS, type Comparison, type Span } from '../../shared/query/compare.ts'
import type { Asking } from './asking.ts'

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS
/** Days before that stand in where there is no week before. */
const DAYS = 6

export interface References {
  readonly spans: readonly Span[]
  readonly usual: 'weeks' | 'days' | null
}

/**
 * The usual is the same time of up to four weeks before, those without flows or not kept to their start left out; where
 * there is none, of up to four of the six days before. Rejects with `badRequest` where there is none either.
 */
export async function referencesOf(
  { window, against }: Comparison,
  asking: Asking,
  signal: AbortSignal,
): Promise<References> {
  if (against !== 'usual') return { spans: [against], usual: null }
  const length = window.toMs - window.fromMs
  const kept = async (stepMs: number, count: number) => {
    if (length > stepMs) return []
    const spans = Array.from({ length: count }, (_, i) => shifted(window, -(i + 1) * stepMs)).filter(
      (span) => span.fromMs >= 0,
    )
    const covered = await Promise.all(spans.map((span) => asking.isCovered(span, signal)))
    return spans.filter((_, i) => covered[i]).slice(0, COMPARE_LIMITS.usual)
  }
  const weeks = await kept(WEEK_MS, COMPARE_LIMITS.usual)
  if (weeks.length > 0) return { spans: weeks, usual: 'weeks' }
  const days = await kept(DAY_MS, DAYS)
  if (days.length > 0) return { spans: days, usual: 'days' }
  throw new WeirError(
    'badRequest',
    'against: usual needs flows of the same time in the weeks or days before, and there are none; take "before", the time just before, or so long before, such as "-1h"',
    { field: 'against', value: 'usual' },
  )
}

export function shifted({ fromMs, toMs }: Span, byMs: number): Span {
  return { fromMs: fromMs + byMs, toMs: toMs + byMs }
}
