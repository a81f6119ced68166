/** When an address was seen: what the call takes and answers. */
import { z } from 'zod'
import { SEEN_AS } from '../query/seen.ts'
import { jsonValue } from './questions.ts'

export const seenQuery = z.strictObject({
  ip: z.string().max(64).meta({ description: 'An address, or a network such as 10.0.0.0/8.' }),
  asked: z.enum(SEEN_AS).default('either').meta({ description: 'As what: source, destination, or either.' }),
})

const side = z.object({ flows: jsonValue, bytes: jsonValue }).nullable()

export const seenAnswer = z.object({
  first: z.number().nullable(),
  last: z.number().nullable(),
  days: z.array(z.object({ day: z.string(), first: z.number(), last: z.number(), sent: side, received: side })),
  notIndexed: z.array(z.string()),
  dataFrom: z.number().nullable(),
  tookMs: z.number(),
})
