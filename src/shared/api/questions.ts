/** Sums and records: what the calls take and answer, and what several calls take. */
import { z } from 'zod'
import { MEASURE_NAMES } from '../query/question.ts'
import { FIELDS } from '../schema/fields.ts'
import { KINDS, type Kind } from '../schema/kinds.ts'

export const KIND_NAMES = Object.keys(KINDS) as [Kind, ...Kind[]]

/** Limits on what one request may ask. */
export const LIMITS = {
  filterLength: 65_536,
  groupBy: 8,
  /** Of a record; more than there are, the site's own included. */
  fields: 512,
  groups: 1000,
  records: 10_000,
  /** Records in one answer of another form than JSON, which are streamed. */
  recordsStreamed: 1_000_000,
  /** Groups × buckets in one answer. */
  cells: 200_000,
} as const

export const time = z
  .union([z.number(), z.string().max(64)])
  .meta({ description: 'Epoch milliseconds, ISO 8601, or date math such as now-24h, now/d (UTC).' })
const fieldName = z
  .string()
  .max(64)
  .meta({
    description: `A field or one of its aliases: ${FIELDS.slice(0, 6)
      .map(({ name }) => name)
      .join(', ')} …; GET /api/fields lists them.`,
  })
const filter = z
  .string()
  .max(LIMITS.filterLength)
  .optional()
  .meta({ description: 'A filter such as src.ip:10.0.0.0/8 and not port:53.' })
const scope = z
  .union([z.enum(['all', 'ingress', 'deduplicated']), z.strictObject({ exporter: z.string().max(64) })])
  .default('all')
  .meta({ description: 'Which observations count.' })

export const queryBody = z.strictObject({
  from: time,
  to: time.default('now'),
  filter,
  groupBy: z.array(fieldName).max(LIMITS.groupBy).default([]),
  measures: z.array(z.enum(MEASURE_NAMES)).min(1).max(MEASURE_NAMES.length).default(['bytes', 'packets', 'flows']),
  interval: z.string().max(16).optional().meta({ description: 'auto, or a length such as 10s, 1m, 1h, 1d.' }),
  limit: z.int().min(1).max(LIMITS.groups).default(10),
  orderBy: z.enum(MEASURE_NAMES).optional().meta({ description: 'A measure; the first of `measures` if left out.' }),
  other: z.boolean().default(true),
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
  cursor: z.string().max(4096).optional(),
  scope,
})

const jsonValue = z.union([z.number(), z.string(), z.boolean(), z.null()])
const column = z.object({ name: z.string(), kind: z.enum([...KIND_NAMES, 'f64']), unit: z.string().optional() })
const rows = z.array(z.array(jsonValue))

export const queryAnswer = z.object({
  columns: z.array(column),
  rows,
  meta: z.object({
    from: z.number(),
    to: z.number(),
    interval: z.number().nullable(),
    resolution: z.string(),
    exact: z.boolean(),
    sampled: z.boolean(),
    dataFrom: z.number().nullable(),
    totals: z.object({ bytes: jsonValue, packets: jsonValue, flows: jsonValue }),
    otherRow: z.number().nullable(),
    groups: z.number().nullable(),
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
    sql: z.string().optional(),
    tookMs: z.number(),
  }),
})
