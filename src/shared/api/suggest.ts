/** What `GET /api/suggest` takes and answers. */
import { z } from 'zod'
import { SCOPE_NAMES } from '../query/scope.ts'
import { COMPLETED_LETTERS } from '../query/filter/complete.ts'

/** What stands in an address is text. */
export const suggestQuery = z.strictObject({
  filter: z
    .string()
    .max(COMPLETED_LETTERS)
    .default('')
    .meta({ description: 'The filter as far as it is written, whatever is unfinished in it.' }),
  within: z
    .string()
    .max(COMPLETED_LETTERS)
    .default('')
    .meta({ description: 'A whole filter that holds besides, such as that of the page around.' }),
  cursor: z.coerce
    .number()
    .int()
    .min(0)
    .max(COMPLETED_LETTERS)
    .optional()
    .meta({ description: 'Where in the filter the cursor stands, in UTF-16 units; its end if left out.' }),
  from: z.string().max(64).default('now-1h').meta({ description: 'Start of the range whose values are offered.' }),
  to: z.string().max(64).default('now'),
  scope: z
    .string()
    .max(64)
    .default('all')
    .meta({
      description: `${SCOPE_NAMES.join(', ')}, or the address of an exporter. Flows are counted as often as they were seen, also in deduplicated.`,
    }),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

export const suggestAnswer = z.object({
  /** What an offer takes the place of, UTF-16 offsets in the filter. */
  from: z.number(),
  to: z.number(),
  items: z.array(
    z.object({
      /** What to put there. */
      text: z.string(),
      label: z.string(),
      kind: z.enum(['field', 'operator', 'value', 'word', 'filter']),
      /** A few words beside the label; '' where there is nothing to say. */
      detail: z.string(),
      /** A sentence on what it is. */
      info: z.string().optional(),
      /** Flows that have the value, of those looked at. */
      flows: z.number().optional(),
      unit: z.literal('flows').optional(),
    }),
  ),
  meta: z.object({
    /** The field whose values are offered; null where none are. */
    field: z.string().nullable(),
    /** The newest flows of the range that were looked at for values. */
    flows: z.number(),
    /** How many of them the rest of the filter lets through. */
    matched: z.number(),
    /** Whether they are all that the range has. */
    complete: z.boolean(),
    /** What of the rest of the filter could not be read and was left out. */
    leftOut: z.array(z.string()),
    tookMs: z.number(),
  }),
})
