/** What stands around a record: what its exporter reported before and after it, and the other way of its conversation. */
import { z } from 'zod'
import { column, fieldName, filter, jsonValue, LIMITS, rows, scope, time } from './questions.ts'

const fields = z.array(fieldName).min(1).max(LIMITS.fields).optional()
const some = z.int().min(0).max(LIMITS.around).default(25)

export const surroundingBody = z.strictObject({
  exporter: z.string().max(64).meta({ description: 'Its address; GET /api/exporters lists them.' }),
  at: time.meta({ description: "The end of the record that is looked around, in the record's own milliseconds." }),
  before: some.meta({ description: 'How many records that ended before it.' }),
  after: some.meta({ description: 'How many records that ended after it.' }),
  fields,
})

export const surroundingAnswer = z.object({
  columns: z.array(column),
  /** Newest first: `after` of them ended later, `at` of them at that millisecond, the others earlier. */
  rows,
  after: z.number(),
  at: z.number(),
  before: z.number(),
  tookMs: z.number(),
})

const end = z.strictObject({ ip: z.string().max(64), port: z.int().min(0).max(65_535).optional() })

export const conversationBody = z.strictObject({
  from: time,
  to: time.default('now'),
  src: end.meta({ description: 'One end; without a port, all of its ports.' }),
  dst: end,
  proto: z.int().min(0).max(255).optional(),
  filter,
  fields,
  limit: z.int().min(1).max(LIMITS.conversation).default(25).meta({ description: 'Records of each direction.' }),
  scope,
})

const direction = z.object({
  /** Their shares of the range. */
  bytes: jsonValue,
  packets: jsonValue,
  flows: jsonValue,
  /** Start of the first record and end of the last one of those that touch the range. */
  first: z.number().nullable(),
  last: z.number().nullable(),
  /** Newest first. */
  rows,
})

export const conversationAnswer = z.object({
  columns: z.array(column),
  there: direction,
  back: direction,
  from: z.number(),
  to: z.number(),
  tookMs: z.number(),
})
