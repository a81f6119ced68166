/** Questions for what stands around a record. */
import type { z } from 'zod'
import { WeirError } from '../api/errors.ts'
import type { conversationBody, surroundingBody } from '../api/around.ts'
import type { FieldName } from '../schema/fields.ts'
import { parseIp } from '../schema/ip.ts'
import type { Filter } from './filter/ast.ts'
import type { Names } from './filter/names.ts'
import { PLAIN, type Question, type RecordQuestion } from './question.ts'
import { resolveFields, resolveFilter, resolveRange, resolveScope } from './resolve.ts'
import { parseTime } from './time.ts'

const DAY_MS = 86_400_000
/** How far a record before or after may be away. */
const REACH_MS = 31 * DAY_MS
/** Records of one exporter that ended in the same millisecond, of which one was meant. */
const MOST_AT = 1000

/** What was reported later, at that millisecond, and earlier. Null where nothing was asked for. */
export interface Surrounding {
  readonly after: RecordQuestion | null
  readonly at: RecordQuestion
  readonly before: RecordQuestion | null
}

/** Throws `badRequest`. */
export function resolveSurrounding(body: z.output<typeof surroundingBody>, nowMs: number): Surrounding {
  const at = parseTime(body.at, nowMs)
  if (at === null)
    throw new WeirError('badRequest', `at: ${body.at} is no time; write the end of a record in epoch milliseconds`, {
      field: 'at',
      value: body.at,
    })
  const ask = (fromMs: number, toMs: number, descending: boolean, limit: number): RecordQuestion => ({
    fromMs,
    toMs,
    filter: equal('end', BigInt(Math.max(0, fromMs)), BigInt(toMs - 1)),
    fields: resolveFields(body.fields),
    sort: { field: 'end', descending },
    limit,
    cursor: null,
    count: 'none',
    scope: resolveScope({ exporter: body.exporter }),
  })
  return {
    after: body.after === 0 ? null : ask(at + 1, at + REACH_MS, false, body.after),
    at: ask(at, at + 1, true, MOST_AT),
    before: body.before === 0 ? null : ask(at - REACH_MS, at, true, body.before),
  }
}

export interface Direction {
  readonly sums: Question
  readonly records: RecordQuestion
  /** For the start of the first record. */
  readonly oldest: RecordQuestion
}

/** Throws `badRequest` or `badFilter`. */
export function resolveConversation(
  body: z.output<typeof conversationBody>,
  names: Names,
  nowMs: number,
): { readonly there: Direction; readonly back: Direction } {
  const range = resolveRange(body, nowMs)
  const scope = resolveScope(body.scope)
  const besides = resolveFilter(body.filter, names, nowMs)
  const direction = (src: Filter[], dst: Filter[]): Direction => {
    const proto = body.proto === undefined ? [] : [equal('proto', BigInt(body.proto))]
    const filter: Filter = { op: 'and', of: [...src, ...dst, ...proto, ...(besides ? [besides] : [])] }
    const records = { ...range, filter, scope, cursor: null, count: 'none' } as const
    return {
      sums: {
        ...PLAIN,
        ...range,
        filter,
        scope,
        groupBy: [],
        measures: ['bytes', 'packets', 'flows'],
        intervalMs: null,
        limit: 1,
        orderBy: 'bytes',
      },
      records: {
        ...records,
        fields: resolveFields(body.fields),
        sort: { field: 'end', descending: true },
        limit: body.limit,
      },
      oldest: { ...records, fields: ['start'], sort: { field: 'start', descending: false }, limit: 1 },
    }
  }
  return {
    there: direction(endOf('src', 'src', body.src), endOf('dst', 'dst', body.dst)),
    back: direction(endOf('src', 'dst', body.dst), endOf('dst', 'src', body.src)),
  }
}

/** An end of the conversation on one side. */
function endOf(
  side: 'src' | 'dst',
  at: string,
  { ip, port }: { readonly ip: string; readonly port?: number | undefined },
): Filter[] {
  const address = parseIp(ip)
  if (address === null)
    throw new WeirError('badRequest', `${at}.ip: ${ip} is no address such as 10.0.0.1 or 2001:db8::1`, {
      field: `${at}.ip`,
      value: ip,
    })
  return [equal(`${side}.ip`, address), ...(port === undefined ? [] : [equal(`${side}.port`, BigInt(port))])]
}

function equal(field: FieldName, low: bigint, high = low): Filter {
  return { op: 'in', field, ranges: [{ low, high }] }
}
