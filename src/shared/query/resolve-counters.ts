/** From a request's body to the question for counters: absolute times, a known interval, an address. */
import type { z } from 'zod'
import type { countersBody, interfacesBody } from '../api/counters.ts'
import { WeirError } from '../api/errors.ts'
import { formatIp, parseIp } from '../schema/ip.ts'
import type { CounterName } from '../schema/counters.ts'
import type { CounterQuestion } from './counters.ts'
import { autoInterval } from './time.ts'
import { resolveInterval, resolveRange } from './resolve.ts'

/** Throws `badRequest` or `tooMany`. */
export function resolveCounters(body: z.output<typeof countersBody>, nowMs: number): CounterQuestion {
  return resolve(body, nowMs, {
    kind: body.kind ?? null,
    sources: body.sources ?? null,
    counters: [...new Set(body.counters)],
    states: [],
  })
}

/** What the call for interfaces needs of the counters. Throws `badRequest` or `tooMany`. */
export function resolveInterfaces(body: z.output<typeof interfacesBody>, nowMs: number): CounterQuestion {
  return resolve(body, nowMs, {
    kind: 'interface',
    sources: body.interfaces ?? null,
    counters: SIDES.flatMap((side) => Object.values(INTERFACE_COUNTERS[side])),
    states: ['if.speed', 'if.type', 'if.status'],
  })
}

export const SIDES = ['in', 'out'] as const
export type Side = (typeof SIDES)[number]

/** What is counted of an interface in each direction. */
export const INTERFACE_COUNTERS = {
  in: {
    bytes: 'in.bytes',
    unicast: 'in.unicast',
    multicast: 'in.multicast',
    broadcast: 'in.broadcast',
    discards: 'in.discards',
    errors: 'in.errors',
  },
  out: {
    bytes: 'out.bytes',
    unicast: 'out.unicast',
    multicast: 'out.multicast',
    broadcast: 'out.broadcast',
    discards: 'out.discards',
    errors: 'out.errors',
  },
} as const satisfies Record<Side, Record<string, CounterName>>

function resolve(
  body: Pick<z.output<typeof countersBody>, 'from' | 'to' | 'exporter' | 'interval' | 'limit'>,
  nowMs: number,
  of: Pick<CounterQuestion, 'kind' | 'sources' | 'counters' | 'states'>,
): CounterQuestion {
  const range = resolveRange(body, nowMs)
  const limit = Math.min(body.limit, of.sources?.length ?? body.limit)
  const address = parseIp(body.exporter)
  if (address === null)
    throw new WeirError('badRequest', `exporter: ${body.exporter} is no address; GET /api/exporters lists them`, {
      field: 'exporter',
      value: body.exporter,
    })
  return {
    ...range,
    ...of,
    exporter: formatIp(address),
    limit,
    intervalMs:
      resolveInterval(body.interval, range, limit * of.counters.length) ?? autoInterval(range.toMs - range.fromMs),
  }
}
