/** What `GET /api/health` answers. */
import { z } from 'zod'
import { FILTERED_NAMES, type FilteredName } from '../filtered.ts'
import { PRICED_NAMES } from '../prices.ts'
import { KEPT } from '../retention.ts'
import { SOURCE_KINDS } from '../source-kinds.ts'
import { LOSS_NAMES, type LossName } from '../losses.ts'

const finding = z.object({
  level: z.enum(['info', 'warn', 'error']),
  /** Stable name, such as `kernel.drops` or `sampling.unknown`. */
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
})

/** How much of each named loss. */
export const lost = z.partialRecord(z.enum(LOSS_NAMES as [LossName, ...LossName[]]), z.number())

const filtered = z.partialRecord(z.enum(FILTERED_NAMES as [FilteredName, ...FilteredName[]]), z.number())

export const healthAnswer = z.object({
  /** ok: nothing is lost now; degraded: something is, or a person should look; failed: nothing is stored. */
  status: z.enum(['ok', 'degraded', 'failed']),
  version: z.string(),
  uptimeSeconds: z.number(),
  memoryBytes: z.number(),
  cpuSeconds: z.number(),
  /** Addresses of this machine that are not loopback, IPv4 first: what a device may send its datagrams to. */
  addresses: z.array(z.string()).optional(),
  intake: z.object({
    datagrams: z.number(),
    bytes: z.number(),
    records: z.number(),
    flows: z.number(),
    options: z.number(),
    templates: z.number(),
    lost,
    /** Kept out, as the configuration wants it. */
    filtered,
    /** Averages over the last ten seconds. */
    perSecond: z.object({ datagrams: z.number(), flows: z.number(), stored: z.number() }),
    exporters: z.number(),
    waitingSets: z.number(),
    waitingSetsLimit: z.number(),
    queuedBatches: z.number(),
    queuedBatchesLimit: z.number(),
    listeners: z.array(
      z.object({
        url: z.string(),
        receiveBufferAsked: z.number(),
        receiveBufferGot: z.number(),
        kernelDrops: z.number(),
        connections: z.number().nullable().meta({ description: 'Open connections; null for UDP.' }),
        connectionsLimit: z.number().nullable(),
      }),
    ),
    enrichers: z.array(z.object({ name: z.string(), rows: z.number(), known: z.number() })),
  }),
  store: z.object({
    kind: z.string(),
    flows: z.number(),
    bytesOnDisk: z.number(),
    oldest: z.number().nullable(),
    newest: z.number().nullable(),
    lastCommitMs: z.number().nullable(),
    longestCommitMs: z.number(),
    partitions: z.array(
      z.object({
        day: z.string(),
        flows: z.number(),
        bytesOnDisk: z.number(),
        state: z.enum(['ok', 'damaged']),
        reason: z.string().optional(),
      }),
    ),
    recovered: z.string().nullable(),
    lastError: z.string().nullable(),
    /** Sums of the flows that are kept beside them. */
    sums: z.object({
      lastError: z.string().nullable().meta({ description: 'Why they cannot be kept; questions read the flows then.' }),
      damaged: z.array(z.object({ file: z.string(), reason: z.string() })),
    }),
    /** What devices count of themselves, kept beside the flows. */
    counters: z.object({ samples: z.number(), bytesOnDisk: z.number(), lastError: z.string().nullable() }),
    /** What is kept, how long, and how long the disk will do. */
    retention: z.object({
      kept: z.array(
        z.object({
          name: z.enum(KEPT),
          label: z.string(),
          files: z.number().meta({ description: 'Days that there are files of.' }),
          bytesOnDisk: z.number(),
          fromMs: z.number().nullable().meta({ description: 'Start of the oldest day that is kept.' }),
          ageMs: z.number().nullable().meta({ description: 'How long it is kept; null for as long as there is room.' }),
          nextDropMs: z.number().nullable().meta({ description: 'When the oldest day will be too old.' }),
          bytesPerDay: z
            .number()
            .nullable()
            .meta({ description: 'Mean of the last whole days, seven at most; null before the first.' }),
        }),
      ),
      bytesPerDay: z.number().nullable(),
      limitBytes: z.number().nullable().meta({ description: '`retention.disk`; null where a share is left free.' }),
      roomBytes: z.number().nullable().meta({
        description: 'Bytes that may still be written until the oldest has to go; null where it is not known.',
      }),
      fullInDays: z
        .number()
        .nullable()
        .meta({ description: 'When there is no room left, as things go; null for never, or where it is not known.' }),
      rawDays: z.number().nullable().meta({ description: 'Days of single flows that the disk holds, as things go.' }),
      dropped: z
        .object({
          files: z.number(),
          bytes: z.number(),
          last: z.array(
            z.object({
              name: z.enum(KEPT),
              day: z.string(),
              bytes: z.number(),
              atMs: z.number(),
              reason: z.enum(['age', 'room']),
            }),
          ),
        })
        .meta({ description: 'Since the start; the last ones by name.' }),
    }),
  }),
  sources: z.array(
    z.object({
      name: z.string(),
      type: z.enum(SOURCE_KINDS),
      state: z.enum(['starting', 'ok', 'failing']),
      trouble: z.string().nullable().meta({ description: 'What is wrong, in the words of the other side.' }),
      remedy: z.string().nullable(),
      flows: z.number().meta({ description: 'Taken in since the start.' }),
      deadLetters: z.number().meta({ description: 'Records that were not taken since the start.' }),
      behindMs: z.number().nullable().meta({ description: 'Age of the newest record that was taken in.' }),
      progress: z
        .object({
          done: z.number(),
          of: z.number().nullable(),
          unit: z.string(),
          remainingMs: z.number().nullable(),
        })
        .nullable()
        .meta({ description: 'Of what it is catching up with.' }),
    }),
  ),
  questions: z.object({
    asked: z.number(),
    failed: z.number(),
    p50Ms: z.number().nullable(),
    p95Ms: z.number().nullable(),
  }),
  prices: z
    .object({ currency: z.string(), perGigabyte: z.partialRecord(z.enum(PRICED_NAMES), z.number()) })
    .nullable()
    .meta({ description: 'What a cloud charges for a gigabyte, as configured; null where no price is.' }),
  demo: z.object({ running: z.boolean(), flowsPerSecond: z.number() }),
  losses: z.array(
    z.object({
      name: z.string(),
      station: z.enum(['source', 'decode', 'store']),
      unit: z.string(),
      meaning: z.string(),
      count: z.number(),
    }),
  ),
  findings: z.array(finding),
})
