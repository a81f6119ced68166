/** Dead letters: records of flow logs that were not taken. What the calls take and answer. */
import { z } from 'zod'
import { LOG_TYPES } from '../schema/codes.ts'
import { LOSS_NAMES, type LossName } from '../losses.ts'

export const lettersQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})

export const lettersAnswer = z.object({
  letters: z
    .array(
      z.object({
        atMs: z.number(),
        source: z.string().meta({ description: 'What it came from: a file, an object, a log group.' }),
        record: z.number().meta({ description: 'Which record of it, from 1.' }),
        loss: z.enum(LOSS_NAMES as [LossName, ...LossName[]]),
        reason: z.string(),
        text: z.string().meta({ description: 'The record as it came, cut at 64 KiB.' }),
        id: z.string().optional(),
      }),
    )
    .meta({ description: 'Those that were not read again, newest first.' }),
  bytes: z.number().meta({ description: 'What all of them take on the disk.' }),
})

export const readAgainBody = z.strictObject({
  type: z.enum(LOG_TYPES).optional().meta({ description: 'Their format.' }),
  layout: z.string().trim().min(1).max(8192).optional().meta({
    description: 'Fields of the records in their order: `${version} ${vpc-id} …`.',
  }),
  source: z.string().max(4096).optional().meta({ description: 'Only letters of this source.' }),
})

export const readAgainAnswer = z.object({
  letters: z.number().meta({ description: 'That were read again.' }),
  flows: z.number().meta({ description: 'That they gave.' }),
  refused: z.number().meta({ description: 'Letters that are refused as before; they are kept.' }),
})
