/** What the Overview asks, see src/web/pages/overview. */
import type { BodyOf } from '../../src/shared/api/contract.ts'

type Body = BodyOf<'query'>

export interface Panel {
  readonly what: string
  readonly asked: Omit<Body, 'from' | 'to'>
}

export const OVERVIEW: readonly Panel[] = [
  {
    what: 'totals over time',
    asked: { measures: ['bps', 'pps', 'fps', 'bytes', 'packets', 'flows'], interval: 'auto' },
  },
  {
    what: 'services over time',
    asked: { groupBy: ['service'], measures: ['bps', 'bytes'], orderBy: 'bytes', interval: 'auto', limit: 8 },
  },
  { what: 'conversations', asked: { groupBy: ['src.ip', 'dst.ip'], measures: ['bytes'], limit: 60 } },
  { what: 'interfaces in', asked: { groupBy: ['exporter', 'in.if'], measures: ['bytes'], limit: 100 } },
  { what: 'interfaces out', asked: { groupBy: ['exporter', 'out.if'], measures: ['bytes'], limit: 100 } },
  { what: 'sources', asked: { groupBy: ['src.ip'], measures: ['bytes'], limit: 8 } },
  { what: 'ports', asked: { groupBy: ['server.port', 'proto'], measures: ['bytes'], limit: 8 } },
]
