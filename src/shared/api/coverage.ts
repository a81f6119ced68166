/** What interfaces of a cloud did not see: what the call takes and answers. */
import { z } from 'zod'
import { time } from './questions.ts'

export const coverageBody = z.strictObject({
  from: time,
  to: time.default('now'),
  limit: z.int().min(1).max(1000).default(200),
})

const spans = z.array(z.tuple([z.number(), z.number()]))

export const coverageAnswer = z.object({
  interfaces: z.array(
    z.object({
      source: z.string(),
      account: z.string(),
      interface: z.string(),
      noData: spans.meta({ description: 'When it saw no traffic (NODATA), from and to.' }),
      skipped: spans.meta({ description: 'When the cloud left records of it out (SKIPDATA).' }),
    }),
  ),
  leftOut: z.number().meta({ description: 'Interfaces beyond the limit.' }),
  tookMs: z.number(),
})
