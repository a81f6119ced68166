/** What an answer rests on, in one line: range, data, exactness, time. */
import { scopeWords, type ScopeStated } from '../../shared/query/scope.ts'
import { formatInterval } from '../../shared/query/time.ts'
import { formatDuration } from '../../shared/schema/units.ts'

interface Meta {
  readonly from: number
  readonly to: number
  readonly exact: boolean
  readonly scope: ScopeStated
  readonly tookMs: number
  readonly sampled?: boolean
  readonly over?: number | null
  readonly dataFrom?: number | null
  readonly totals?: { readonly flows: unknown }
  readonly matched?: number
  readonly matchedExact?: boolean
}

export function basisOf(meta: Meta): string {
  const flows = meta.matched ?? Number(meta.totals?.flows ?? 0)
  const parts = [
    `${timeText(meta.from)} – ${timeText(meta.to)} UTC`,
    flows === 0 ? 'no flows' : `${meta.matchedExact === false ? 'at least ' : ''}${flows.toLocaleString('en')} flows`,
    scopeWords(meta.scope),
    ...(meta.over ? [`statistics of values by ${formatInterval(meta.over)}`] : []),
    ...(meta.dataFrom ? [`data from ${timeText(meta.dataFrom)} on`] : []),
    ...(meta.sampled ? ['some of it sampled'] : []),
    ...(meta.exact ? [] : ['estimated']),
    formatDuration(meta.tookMs),
  ]
  return parts.join(' · ')
}

/** To the second. */
export function timeText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
}
