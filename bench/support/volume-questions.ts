/** What is asked of many flows. */
import type { BodyOf } from '../../src/shared/api/contract.ts'

const HOUR = 3_600_000

export const RANGES: readonly (readonly [name: string, lengthMs: number])[] = [
  ['1 h', HOUR],
  ['24 h', 24 * HOUR],
  ['7 d', 7 * 24 * HOUR],
  ['30 d', 30 * 24 * HOUR],
]

export const DIMENSIONS = [
  'src.ip',
  'dst.ip',
  'client.ip',
  'server.ip',
  'src.port',
  'dst.port',
  'server.port',
  'proto',
  'service',
  'exporter',
  'in.if',
  'out.if',
  'src.as',
  'dst.as',
  'tos',
  'tcp.flags',
  'vlan',
  'ip.version',
  'src.mask',
  'next.hop',
] as const

/** On fields that kept sums may have. */
export const KEPT_FILTERS = ['exporter:10.10.0.1', 'exporter:10.10.0.1 and in.if:1', 'service:https'] as const
/** On fields that only flows have. */
export const OTHER_FILTER = 'src.port:443 and bytes > 10KB'

interface Compared {
  readonly what: string
  readonly call: 'query' | 'flows'
  readonly asked: Omit<BodyOf<'query'>, 'from' | 'to'> & Omit<BodyOf<'flows'>, 'from' | 'to'>
  /** What nfdump is asked. */
  readonly nfdump: readonly string[]
  /** All of the time where it is left out. */
  readonly lengthMs?: number
}

export const COMPARED: readonly Compared[] = [
  ...(
    [
      ['src.ip', 'srcip'],
      ['dst.ip', 'dstip'],
      ['src.port', 'srcport'],
      ['dst.port', 'dstport'],
      ['proto', 'proto'],
      ['src.as', 'srcas'],
      ['dst.as', 'dstas'],
      ['in.if', 'inif'],
      ['out.if', 'outif'],
      ['exporter', 'router'],
    ] as const
  ).map(([field, element]) => top(`top 10 ${field}, all days`, [field], {}, element)),
  top('top 10 src.ip, 24 h', ['src.ip'], {}, 'srcip', 24 * HOUR),
  top('top 10 dst.port, 1 h', ['dst.port'], {}, 'dstport', HOUR),
  top(`top 10 src.ip with ${OTHER_FILTER}, all days`, ['src.ip'], { filter: OTHER_FILTER }, 'srcip'),
  {
    what: 'top 10 conversations, all days',
    call: 'query',
    asked: { groupBy: ['src.ip', 'dst.ip'], measures: ['bytes'] },
    nfdump: ['-A', 'srcip,dstip', '-O', 'bytes', '-n', '10'],
  },
  {
    what: '50 flows of one host, all days',
    call: 'flows',
    asked: { filter: 'ip:10.10.16.77', limit: 50 },
    nfdump: ['-c', '50', 'host 10.10.16.77'],
  },
]

function top(
  what: string,
  groupBy: readonly string[],
  filter: { readonly filter?: string },
  element: string,
  lengthMs?: number,
): Compared {
  return {
    what,
    call: 'query',
    asked: { groupBy: [...groupBy], measures: ['bytes'], ...filter },
    nfdump: ['-s', `${element}/bytes`, '-n', '10', ...(filter.filter ? ['src port 443 and bytes > 10000'] : [])],
    ...(lengthMs === undefined ? {} : { lengthMs }),
  }
}
