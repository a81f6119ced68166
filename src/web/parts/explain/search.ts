/** What is explained, in the URL: `?explain=2026-11-24T10:18:00Z/2026-11-24T10:31:00Z&against=usual`. */
import { parseTime } from '../../../shared/query/time.ts'
import type { Codec } from '../../app/search.ts'
import { textsOf } from '../../data/range.ts'

export const AGAINST = ['before', '-1d', '-7d', 'usual'] as const
export type Against = (typeof AGAINST)[number]

export interface ExplainSearch {
  /** The window; null while nothing is explained. */
  readonly explain: { readonly fromMs: number; readonly toMs: number } | null
  readonly against: Against
}

export const explainCodec: Codec<ExplainSearch> = {
  read: (params) => ({
    explain: readWindow(params['explain']),
    against: AGAINST.find((each) => each === params['against']) ?? 'before',
  }),
  write: ({ explain, against }) => {
    const texts = explain ? textsOf(explain.fromMs, explain.toMs) : null
    return {
      explain: texts ? `${texts.from}/${texts.to}` : undefined,
      against: explain && against !== 'before' ? against : undefined,
    }
  },
}

function readWindow(text: string | undefined): ExplainSearch['explain'] {
  const [fromMs, toMs] = (text ?? '').split('/').map((part) => parseTime(part, 0))
  return typeof fromMs === 'number' && typeof toMs === 'number' && fromMs < toMs ? { fromMs, toMs } : null
}
