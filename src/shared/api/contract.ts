/**
 * One entry for each HTTP call: its path, what it takes and what it answers. Validation at the edge, the OpenAPI
 * description, the page's client and the command line's all derive from it. The page imports only its types.
 */
import { z } from 'zod'
import { FILTERED_NAMES, type FilteredName } from '../filtered.ts'
import { LOSS_NAMES, type LossName } from '../losses.ts'
import { MEASURE_NAMES } from '../query/question.ts'
import { COUNTER_NAMES, COUNTER_SOURCES } from '../schema/counters.ts'
import { FIELDS, type FieldName } from '../schema/fields.ts'
import { KINDS, SITE_KINDS, type Kind } from '../schema/kinds.ts'

const FIELD_NAMES = FIELDS.map((field) => field.name) as [FieldName, ...FieldName[]]
const KIND_NAMES = Object.keys(KINDS) as [Kind, ...Kind[]]

/** Limits on what one request may ask. */
export const LIMITS = {
  filterLength: 65_536,
  groupBy: 8,
  /** Of a record; more than there are, the site's own included. */
  fields: 512,
  groups: 1000,
  records: 10_000,
  /** Groups × buckets in one answer. */
  cells: 200_000,
} as const

const time = z
  .union([z.number(), z.string().max(64)])
  .meta({ description: 'Epoch milliseconds, ISO 8601, or date math such as now-24h, now/d (UTC).' })
const fieldName = z
  .string()
  .max(64)
  .meta({
    description: `A field or one of its aliases: ${FIELD_NAMES.slice(0, 6).join(', ')} …; GET /api/fields lists them.`,
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
  limit: z.int().min(1).max(LIMITS.records).default(100),
  cursor: z.string().max(4096).optional(),
  scope,
})

const exporter = z.string().max(64).meta({ description: 'Its address; GET /api/exporters lists them.' })
const interval = z.string().max(16).default('auto').meta({ description: 'auto, or a length such as 10s, 1m, 1h, 1d.' })
const number32 = z.int().min(0).max(0xffff_ffff)

export const countersBody = z.strictObject({
  exporter,
  from: time,
  to: time.default('now'),
  counters: z
    .array(z.enum(COUNTER_NAMES))
    .min(1)
    .max(32)
    .meta({ description: 'Such as in.bytes or cpu.1m; docs/reference/counters.md lists them.' }),
  kind: z.enum(COUNTER_SOURCES).optional().meta({ description: 'Kind of what counts; all if left out.' }),
  sources: z.array(number32).min(1).max(LIMITS.groups).optional().meta({ description: 'Numbers of what counts.' }),
  interval,
  limit: z.int().min(1).max(LIMITS.groups).default(100),
})

export const interfacesBody = z.strictObject({
  exporter,
  from: time,
  to: time.default('now'),
  interfaces: z.array(number32).min(1).max(300).optional().meta({ description: 'Their numbers; all if left out.' }),
  interval,
  limit: z.int().min(1).max(300).default(100),
})

const jsonValue = z.union([z.number(), z.string(), z.boolean(), z.null()])
const column = z.object({ name: z.string(), kind: z.enum([...KIND_NAMES, 'f64']), unit: z.string().optional() })
const rows = z.array(z.array(jsonValue))

const queryAnswer = z.object({
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

const flowsAnswer = z.object({
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

const finding = z.object({
  level: z.enum(['info', 'warn', 'error']),
  /** Stable name, such as `kernel.drops` or `sampling.unknown`. */
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
})

const lost = z.partialRecord(z.enum(LOSS_NAMES as [LossName, ...LossName[]]), z.number())

const filtered = z.partialRecord(z.enum(FILTERED_NAMES as [FilteredName, ...FilteredName[]]), z.number())

const healthAnswer = z.object({
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
    /** What devices count of themselves, kept beside the flows. */
    counters: z.object({ samples: z.number(), bytesOnDisk: z.number(), lastError: z.string().nullable() }),
  }),
  questions: z.object({
    asked: z.number(),
    failed: z.number(),
    p50Ms: z.number().nullable(),
    p95Ms: z.number().nullable(),
  }),
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

const sequenceCounts = { missing: z.number(), resets: z.number(), reordered: z.number(), duplicates: z.number() }

const exporterEntry = z.object({
  address: z.string(),
  /** What people call it (`exporters` in the configuration); '' where they have said nothing. */
  name: z.string(),
  protocols: z.array(z.string()),
  domains: z.array(z.number()),
  firstSeen: z.number(),
  lastSeen: z.number(),
  datagrams: z.number(),
  records: z.number(),
  flows: z.number(),
  options: z.number(),
  flowsPerSecond: z.number(),
  templates: z.array(
    z.object({
      domain: z.number(),
      id: z.number(),
      protocol: z.string(),
      options: z.boolean(),
      fields: z.array(z.object({ element: z.string(), name: z.string(), length: z.number(), known: z.boolean() })),
      lastSeen: z.number(),
      records: z.number(),
    }),
  ),
  sampling: z.array(
    z.object({
      domain: z.number(),
      sampler: z.string(),
      rate: z.number(),
      source: z.string(),
      /** Of sFlow: samples that the agent had to leave out, and samples missing by sequence number. */
      dropped: z.number().optional(),
      missing: z.number().optional(),
    }),
  ),
  lost: z.partialRecord(z.enum(LOSS_NAMES as [LossName, ...LossName[]]), z.number()),
  /** Records, packets or datagrams missing by sequence number (lost before Weir); messages that came late, or twice. */
  sequence: z.object({ unit: z.string(), ...sequenceCounts }),
  /** The same of each stream that counts by itself: a domain, engine or sub-agent of a session. */
  sequences: z.array(
    z.object({ protocol: z.string(), domain: z.number(), port: z.number(), unit: z.string(), ...sequenceCounts }),
  ),
  /** Source ports that are told apart, as several exporters send from its address; else empty. */
  ports: z.array(z.number()),
  /** Above its limit (`flowsPerSecond` of the configuration), one flow in so many is kept and counted for all; else 1. */
  keptOneIn: z.number(),
  /** Exporter's clock minus Weir's; null before it is known. */
  clockOffsetMs: z.number().nullable(),
  /** What is added to the times of its flows now, as its clock is corrected; 0 where it is not. */
  clockCorrectionMs: z.number(),
  /** Names that it has told of in options. */
  interfaces: z.array(z.object({ index: z.number(), name: z.string(), description: z.string() })),
  vrfs: z.array(z.object({ id: z.number(), name: z.string() })),
  samplers: z.array(z.object({ id: z.number(), name: z.string(), mode: z.string() })),
  /** How many applications it has named. */
  applications: z.number(),
  /** What it counts of its own work; `loss` where that never reached anybody. */
  statistics: z.array(
    z.object({ domain: z.number(), element: z.string(), name: z.string(), value: z.number(), loss: z.boolean() }),
  ),
  /** What it counts of itself (sFlow): samples so far, and what its processors, memory and disks said last. */
  device: z.object({
    samples: z.number(),
    name: z.string().nullable(),
    release: z.string().nullable(),
    latest: z.partialRecord(z.enum(COUNTER_NAMES), z.number()),
  }),
  /** What no field takes: how often it came, some of its values, and the kind of a site's own field that would keep it. */
  unknownElements: z.array(
    z.object({
      element: z.string(),
      name: z.string(),
      type: z.string(),
      records: z.number(),
      values: z.array(z.string()),
      kind: z.enum(SITE_KINDS).nullable(),
    }),
  ),
})

const known = z.number().nullable()
const knownSeries = z.array(known)

const countersAnswer = z.object({
  /** Starts of the buckets. */
  times: z.array(z.number()),
  interval: z.number(),
  series: z.array(
    z.object({
      kind: z.enum(COUNTER_SOURCES),
      source: z.number(),
      name: z.string().nullable(),
      lastSeen: z.number(),
      /** By counter: its rate a second in each bucket, or what a gauge was; null where it is not known. */
      values: z.partialRecord(z.enum(COUNTER_NAMES), knownSeries),
    }),
  ),
  /** Sources beyond the limit. */
  leftOut: z.number(),
  tookMs: z.number(),
})

/** One direction of an interface. */
const interfaceSide = z.object({
  /** Counted, on average over the time for which it is known. */
  bps: known,
  /** The largest bucket. */
  peakBps: known,
  pps: known,
  /** `bps` as a share of the speed. */
  utilisation: known,
  /** Packets, over the time for which it is known. */
  errors: known,
  discards: known,
  /** Bits a second by bucket; null where it is not known. */
  series: knownSeries,
  /** What the flows say that went through it. */
  flows: z.object({
    bps: z.number(),
    /** 2: whole frames, as the counters count; 3: packets without their frames. Null where there is no flow. */
    layer: z.union([z.literal(2), z.literal(3)]).nullable(),
    /** Bits of the flows by those that were counted, over the buckets for which both are known. */
    share: known,
    series: z.array(z.number()),
  }),
})

const interfacesAnswer = z.object({
  /** Starts of the buckets. */
  times: z.array(z.number()),
  interval: z.number(),
  interfaces: z.array(
    z.object({
      index: z.number(),
      name: z.string().nullable(),
      /** bit/s */
      speed: known,
      /** IANA's ifType. */
      type: known,
      /** Meant to be up; null where it is not said. */
      admin: z.boolean().nullable(),
      /** Is up. */
      up: z.boolean().nullable(),
      /** When its counters came last. */
      lastSeen: z.number(),
      in: interfaceSide,
      out: interfaceSide,
    }),
  ),
  /** Interfaces beyond the limit. */
  leftOut: z.number(),
  tookMs: z.number(),
})

const fieldEntry = z.object({
  name: z.string(),
  kind: z.enum(KIND_NAMES),
  label: z.string(),
  role: z.enum(['time', 'dimension', 'measure']),
  unit: z.string().optional(),
  aliases: z.array(z.string()),
  codes: z.array(z.string()).optional(),
  elements: z.array(z.string()),
  /** May stand in `groupBy`. */
  groupable: z.boolean(),
  description: z.string(),
})

interface Call {
  readonly method: 'GET' | 'POST'
  readonly path: `/api/${string}`
  readonly summary: string
  readonly body?: z.ZodType
  readonly answer: z.ZodType
}

export const CALLS = {
  health: {
    method: 'GET',
    path: '/api/health',
    summary: 'Whether the numbers are complete: the pipeline with every named loss, and the store.',
    answer: healthAnswer,
  },
  fields: {
    method: 'GET',
    path: '/api/fields',
    summary: 'The fields that flows have.',
    answer: z.object({ fields: z.array(fieldEntry) }),
  },
  exporters: {
    method: 'GET',
    path: '/api/exporters',
    summary: 'Exporters with templates, sampling, loss and clock.',
    answer: z.object({ exporters: z.array(exporterEntry) }),
  },
  query: {
    method: 'POST',
    path: '/api/query',
    summary: 'Sums by any dimensions, over time or in all.',
    body: queryBody,
    answer: queryAnswer,
  },
  flows: {
    method: 'POST',
    path: '/api/flows',
    summary: 'Records, page by page.',
    body: flowsBody,
    answer: flowsAnswer,
  },
  interfaces: {
    method: 'POST',
    path: '/api/interfaces',
    summary: 'What the interfaces of an exporter counted, beside what its flows say that went through them.',
    body: interfacesBody,
    answer: interfacesAnswer,
  },
  counters: {
    method: 'POST',
    path: '/api/counters',
    summary: 'What a device counts of itself, over time: interfaces, processors, memory, disks.',
    body: countersBody,
    answer: countersAnswer,
  },
  filter: {
    method: 'POST',
    path: '/api/filter',
    summary: 'Reads a filter without asking anything; says where it is wrong.',
    body: z.strictObject({ filter: z.string().max(LIMITS.filterLength) }),
    answer: z.object({ problems: z.array(z.object({ from: z.number(), to: z.number(), message: z.string() })) }),
  },
  demo: {
    method: 'POST',
    path: '/api/demo',
    summary: "Starts or stops demo traffic, sent as real datagrams to this server's own listener.",
    body: z.strictObject({ run: z.boolean(), flowsPerSecond: z.int().min(1).max(20_000).default(500) }),
    answer: z.object({ running: z.boolean(), flowsPerSecond: z.number() }),
  },
} as const satisfies Record<string, Call>

export type CallName = keyof typeof CALLS
/** What a call takes, as a client writes it. */
export type BodyOf<C extends CallName> = (typeof CALLS)[C] extends { body: infer B extends z.ZodType }
  ? z.input<B>
  : undefined
export type AnswerOf<C extends CallName> = z.output<(typeof CALLS)[C]['answer']>
