/** Comparison of two windows: what the call takes and answers. */
import { z } from 'zod'
import { COMPARE_LIMITS, COMPARED_MEASURES } from '../query/compare.ts'
import { queryBody, time } from './questions.ts'

const { filter, scope } = queryBody.shape
const span = z.strictObject({ from: time, to: time.default('now') })

export const compareBody = z.strictObject({
  window: span.meta({ description: 'The window that is to be explained.' }),
  against: z
    .union([span, z.string().max(16)])
    .default('usual')
    .meta({
      description: `What it is set against: a window, scaled to the same length; "before", the time just before; so long before, as -1d or -7d; or "usual", the median of the same time of up to ${COMPARE_LIMITS.usual} weeks before (of days, where no week is kept).`,
    }),
  filter,
  measure: z.enum(COMPARED_MEASURES).default('bytes'),
  fields: z
    .array(z.string().max(64))
    .min(1)
    .max(COMPARE_LIMITS.fields)
    .optional()
    .meta({ description: 'Fields whose values are compared; all that tell something where it is left out.' }),
  limit: z.int().min(1).max(COMPARE_LIMITS.rows).default(12),
  scope,
})

const part = z.object({ field: z.string(), value: z.union([z.number(), z.string(), z.boolean(), z.null()]) })
const difference = z.object({
  of: z.array(part),
  filter: z.string(),
  now: z.number(),
  before: z.number(),
  difference: z.number(),
  share: z.number().nullable(),
  nowShare: z.number().nullable(),
  beforeShare: z.number().nullable(),
  change: z.enum(['new', 'gone', 'more', 'less']),
  score: z.number(),
  also: z.array(z.string()),
})
const window = z.object({ from: z.number(), to: z.number() })

export const compareAnswer = z.object({
  window,
  against: z.array(window),
  measure: z.enum(COMPARED_MEASURES),
  total: z.object({
    now: z.number(),
    before: z.number(),
    difference: z.number(),
    change: z.number().nullable(),
  }),
  rows: z.array(difference),
  within: z
    .object({
      of: z.array(part),
      rows: z.array(difference),
      distinct: z.array(z.object({ field: z.string(), now: z.number(), before: z.number() })),
    })
    .nullable(),
  meta: z.object({
    usual: z.enum(['weeks', 'days']).nullable(),
    exact: z.boolean(),
    sampled: z.boolean(),
    dataFrom: z.number().nullable(),
    bound: z.number(),
    compared: z.array(z.string()),
    left: z.array(z.string()),
    flows: z.object({ now: z.number(), before: z.number() }),
    questions: z.number(),
    tookMs: z.number(),
  }),
})
