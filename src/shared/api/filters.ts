/** Named filters: what the calls take and answer. */
import { z } from 'zod'
import { FILTER_NAME } from '../query/filter/names.ts'
import { LIMITS } from './questions.ts'

export const filterPlace = z.strictObject({
  name: z.string().regex(FILTER_NAME, 'a name of small letters, digits, dots, hyphens and underscores, 48 at most'),
})

export const namedFilterBody = z.strictObject({
  filter: z.string().min(1).max(LIMITS.namedFilterLength).meta({ description: 'A filter such as ip:10.0.0.0/8.' }),
})

export const filtersAnswer = z.object({
  filters: z.array(
    z.object({
      name: z.string(),
      filter: z.string(),
      /** Names of the other filters that name it. */
      usedBy: z.array(z.string()),
    }),
  ),
})
