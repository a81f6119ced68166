/** What `GET /api/exporters` answers. */
import { z } from 'zod'
import { COUNTER_NAMES } from '../schema/counters.ts'
import { SITE_KINDS } from '../schema/kinds.ts'
import { lost } from './health.ts'

const sequenceCounts = { missing: z.number(), resets: z.number(), reordered: z.number(), duplicates: z.number() }

/** What `GET /api/exporters` says of each. Times are epoch milliseconds. */
export const exporterEntry = z.object({
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
  lost,
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
