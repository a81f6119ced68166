/** What the VPC page shows, in the URL: `?rejects=src.ip&zones=subnet.id&leaving=dst.ip&a=10.0.0.1&b=10.0.0.2&port=443`. */
import type { FieldName } from '../../../shared/schema/fields.ts'
import type { Codec } from '../../app/search.ts'

export const REJECTS_BY = ['interface.id', 'dst.port', 'src.ip', 'reject.reason'] as const satisfies FieldName[]
export type RejectsBy = (typeof REJECTS_BY)[number]

/** Pairs of ends that the matrix is by: `src.az` × `dst.az` … */
export const ENDS = ['az', 'subnet.id', 'vpc.id'] as const
export type Ends = (typeof ENDS)[number]

export const LEAVING_BY = [
  'instance.id',
  'subnet.id',
  'src.ip',
  'dst.ip',
  'dst.cloud.service',
] as const satisfies FieldName[]
export type LeavingBy = (typeof LEAVING_BY)[number]

export interface VpcSearch {
  readonly rejects: RejectsBy
  readonly zones: Ends
  readonly leaving: LeavingBy
  /** Of "why can't A reach B". */
  readonly a: string
  readonly b: string
  readonly port: string
}

export const vpcCodec: Codec<VpcSearch> = {
  read: (params) => ({
    rejects: oneOf(params['rejects'], REJECTS_BY),
    zones: oneOf(params['zones'], ENDS),
    leaving: oneOf(params['leaving'], LEAVING_BY),
    a: params['a'] ?? '',
    b: params['b'] ?? '',
    port: params['port'] ?? '',
  }),
  write: ({ rejects, zones, leaving, a, b, port }) => ({
    rejects: rejects === REJECTS_BY[0] ? undefined : rejects,
    zones: zones === ENDS[0] ? undefined : zones,
    leaving: leaving === LEAVING_BY[0] ? undefined : leaving,
    a: a === '' ? undefined : a,
    b: b === '' ? undefined : b,
    port: port === '' ? undefined : port,
  }),
}

function oneOf<const T extends readonly [string, ...string[]]>(text: string | undefined, of: T): T[number] {
  return of.find((each) => each === text) ?? of[0]
}
