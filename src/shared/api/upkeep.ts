/** Backup, export and import: what the calls take and answer. */
import { z } from 'zod'
import { LOG_TYPES } from '../schema/codes.ts'
import { WeirError } from './errors.ts'
import { flowsBody } from './questions.ts'

/** What can be imported. */
export const IMPORT_TYPES = ['pcap', 'weir-parquet', ...LOG_TYPES] as const

/** Throws `notAvailable` for another type. */
export function checkImportType(type: string | undefined): void {
  if (type === undefined || (IMPORT_TYPES as readonly string[]).includes(type)) return
  throw new WeirError('notAvailable', `there is no type ${type}; there are ${IMPORT_TYPES.join(', ')}`)
}

/** On the answer to an export: how many flows are in the file. */
export const FLOWS_HEADER = 'weir-flows'

/** Bytes of a body to import. */
export const MOST_IMPORTED = 64 * 2 ** 30

const files = z.object({ files: z.number(), bytes: z.number() })

export const backupBody = z.strictObject({
  to: z.string().min(1).max(4096).meta({ description: 'An absolute path: an empty folder, or an earlier backup.' }),
})

export const backupAnswer = z.object({
  /** Epoch milliseconds of the moment. */
  atMs: z.number(),
  copied: files,
  unchanged: files,
  /** Which the data folder has no more. */
  kept: files,
})

export const exportBody = flowsBody.pick({ from: true, to: true, filter: true, scope: true })

export const importQuery = z.strictObject({
  type: z
    .string()
    .max(32)
    .optional()
    .meta({ description: `What it is, where it cannot be seen from it: ${IMPORT_TYPES.join(', ')}.` }),
  layout: z
    .string()
    .trim()
    .max(8192)
    .optional()
    .meta({ description: 'Fields of an AWS flow log that has no header line, with spaces between.' }),
  name: z.string().max(255).default('the body').meta({ description: 'Of the file, for messages.' }),
  again: z.enum(['true', 'false']).default('false').meta({ description: 'Take it in also if it was imported before.' }),
})

export const importAnswer = z.object({
  type: z.enum(IMPORT_TYPES),
  flows: z.number(),
  /** Of captures. */
  datagrams: z.number(),
  /** Of flow logs. */
  records: z.number(),
  /** What was lost on the way, by name. */
  lost: z.record(z.string(), z.number()),
  /** Sets of data without a template in it. */
  waitingSets: z.number(),
  /** What kept it from being read whole. */
  problem: z.string().nullable(),
  /** Columns with values that this Weir has no field for. */
  unknownColumns: z.array(z.string()),
})
