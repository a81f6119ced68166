/** Sums and records: what the calls take and answer, and what several calls take. */
import { z } from 'zod'
import { MOST_STREAMED } from './formats.ts'
import { FIXED_MEASURES, MEASURE_NAMES, STATISTIC_NAMES } from '../query/measures.ts'
import { SCOPE_NAMES } from '../query/scope.ts'
import { FIELDS } from '../schema/fields.ts'
import { KINDS, type Kind } from '../schema/kinds.ts'

export const KIND_NAMES = Object.keys(KINDS) as [Kind, ...Kind[]]

/** What one request may say at most, whatever is configured; see also `limits.question`. */
export const LIMITS = {
  filterLength: 65_536,
  namedFilterLength: 16_384,
  namedFilters: 200,
  groupBy: 8,
  /** Of a record; more than there are, the site's own included. */
  fields: 512,
  /** More than measures that name no field, so that each may stand there. */
  measures: FIXED_MEASURES.length + 16,
  intervals: 4,
  groups: 100_000,
  /** Of counters. */
  sources: 1000,
  records: 10_000,
  recordsStreamed: MOST_STREAMED,
  /** Records before and after one, each. */
  around: 500,
  /** Records of each direction of a conversation. */
  conversation: 1000,
  /** Grows with the days kept. */
  cursorLength: 131_072,
} as const

export const time = z
  .union([z.number(), z.string().max(64)])
  .meta({ description: 'Epoch milliseconds, ISO 8601, or date math such as now-24h, now/d (UTC).' })
export const fieldName = z
  .string()
  .max(64)
  .meta({
    description: `A field or one of its aliases: ${FIELDS.slice(0, 6)
      .map(({ name }) => name)
      .join(', ')} …; GET /api/fields lists them.`,
  })
export const filter = z
  .string()
  .max(LIMITS.filterLength)
  .optional()
  .meta({ description: 'A filter such as src.ip:10.0.0.0/8 and not port:53.' })
export const scope = z
  .union([z.enum(SCOPE_NAMES), z.strictObject({ exporter: z.string().max(64) })])
  .default('all')
  .meta({ description: 'Which observations count.' })

const measure = z
  .string()
  .max(96)
  .meta({
    description: `${MEASURE_NAMES.join(', ')}; these with ${STATISTIC_NAMES.map((each) => `.${each}`).join(' ')}, such as bps.p95; bytes.share, bytes/packet, duration.avg, unique(dst.ip); of interfaces utilisation, utilisation.max.`,
  })
const group = z
  .union([
    z.string().max(96),
    z.strictObject({
      field: z.string().max(64),
      prefix: z.int().optional(),
      prefix6: z.int().optional(),
      bucket: z.union([z.int(), z.literal('log')]).optional(),
      zone: z.string().max(64).optional(),
    }),
  ])
  .meta({ description: 'A field, src.ip/24, src.port/1000, bytes/log, hour, or weekday@Europe/Berlin.' })
const interval = z.string().max(16)

export const queryBody = z.strictObject({
  from: time,
  to: time.default('now'),
  filter,
  groupBy: z.array(group).max(LIMITS.groupBy).default([]),
  measures: z.array(measure).min(1).max(LIMITS.measures).default(['bytes', 'packets', 'flows']),
  interval: z
    .union([interval, z.array(interval).min(1).max(LIMITS.intervals)])
    .optional()
    .meta({
      description:
        'auto, all (the whole range, as without), or a length such as 10s, 1m, 1h, 1d; of several, the first makes `rows`, each other an entry of `further`.',
    }),
  over: interval.optional().meta({
    description: 'Length of the buckets whose values statistics such as bps.max are taken of; 1m where that fits.',
  }),
  limit: z.int().min(1).max(LIMITS.groups).default(10),
  topPer: z
    .enum(['range', 'bucket'])
    .default('range')
    .meta({ description: 'Whether the groups named are those of the whole range, or each bucket has its own.' }),
  orderBy: measure.optional().meta({ description: 'A measure; the first of `measures` if left out.' }),
  order: z.enum(['desc', 'asc']).default('desc').meta({ description: 'The largest first, or the smallest.' }),
  other: z.boolean().default(true),
  totals: z.boolean().default(false).meta({ description: 'Whether to answer `totals`: all groups together.' }),
  swapped: z.boolean().default(false).meta({
    description:
      'Whether each measure has one more column, such as bytes.swapped: the same with source and destination, in and out swapped. For src.ip:10.0.0.1 it is what the host got beside what it sent.',
  }),
  first: z.boolean().default(false).meta({
    description:
      'Whether to answer at once where the exact answer takes long: the answer is then JSON lines, one whole answer a line, first what is estimated from a sample (`meta.estimated`, `meta.error`), then what is exact. Where that is there soon, it is the only line.',
  }),
  compare: z
    .union([z.string().max(16), z.strictObject({ from: time, to: time })])
    .optional()
    .meta({
      description:
        'Another period beside it: so long before, as -7d, or from and to, as long as the range. Each measure gets two more columns: bytes.before and bytes.change, in per cent.',
    }),
  scope,
})

export const flowsBody = z.strictObject({
  from: time,
  to: time.default('now'),
  filter,
  fields: z.array(fieldName).min(1).max(LIMITS.fields).optional(),
  sort: z.string().max(65).default('-end').meta({ description: 'A field; a leading minus is descending.' }),
  limit: z
    .int()
    .min(1)
    .max(LIMITS.recordsStreamed)
    .default(100)
    .meta({ description: `How many records; in one answer of JSON up to ${LIMITS.records}.` }),
  cursor: z.string().max(LIMITS.cursorLength).optional().meta({ description: 'As the page before gave it.' }),
  count: z.enum(['quick', 'exact', 'none']).default('quick').meta({
    description:
      'quick counts for a moment, none not at all: `matched` may then be a lower bound (`matchedExact` says so).',
  }),
  scope,
})

export const jsonValue = z.union([z.number(), z.string(), z.boolean(), z.null()])
export const column = z.object({
  name: z.string(),
  kind: z.enum([...KIND_NAMES, 'f64']),
  unit: z.string().optional(),
  group: z
    .union([
      z.object({ field: z.string(), prefix: z.number(), prefix6: z.number() }),
      z.object({ field: z.string(), bucket: z.union([z.number(), z.literal('log')]) }),
      z.object({ clock: z.enum(['hour', 'weekday']), zone: z.string() }),
    ])
    .optional(),
})
export const rows = z.array(z.array(jsonValue))
const scopeStated = z.object({
  counted: z.union([z.enum(SCOPE_NAMES), z.object({ exporter: z.string() })]),
  reason: z.string(),
})

export const queryAnswer = z.object({
  columns: z.array(column),
  rows,
  totals: rows.optional(),
  further: z
    .array(
      z.object({
        interval: z.number().nullable(),
        rows,
        otherRow: z.number().nullable(),
        totals: rows.optional(),
      }),
    )
    .optional(),
  meta: z.object({
    from: z.number(),
    to: z.number(),
    interval: z.number().nullable(),
    over: z.number().nullable(),
    resolution: z.enum(['raw', 'minute', 'hour', 'day', 'mixed']),
    exact: z.boolean(),
    estimated: z.boolean(),
    error: z.number().nullable(),
    sampled: z.boolean(),
    scope: scopeStated,
    dataFrom: z.number().nullable(),
    totals: z.object({ bytes: jsonValue, packets: jsonValue, flows: jsonValue }),
    otherRow: z.number().nullable(),
    groups: z.number().nullable(),
    swapped: z.object({ totals: z.object({ bytes: jsonValue, packets: jsonValue, flows: jsonValue }) }).optional(),
    compare: z
      .object({
        from: z.number(),
        to: z.number(),
        dataFrom: z.number().nullable(),
        totals: z.object({ bytes: jsonValue, packets: jsonValue, flows: jsonValue }),
      })
      .optional(),
    sql: z.string().optional(),
    tookMs: z.number(),
  }),
})

export const flowsAnswer = z.object({
  columns: z.array(column),
  rows,
  cursor: z.string().nullable(),
  meta: z.object({
    from: z.number(),
    to: z.number(),
    exact: z.boolean(),
    matched: z.number(),
    matchedExact: z.boolean(),
    scope: scopeStated,
    dataFrom: z.number().nullable(),
    sql: z.string().optional(),
    tookMs: z.number(),
  }),
})
