/** What devices count of themselves: what the calls take and answer. */
import { z } from 'zod'
import { COUNTER_NAMES, COUNTER_SOURCES } from '../schema/counters.ts'
import { LIMITS, time } from './questions.ts'

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
  sources: z.array(number32).min(1).max(LIMITS.sources).optional().meta({ description: 'Numbers of what counts.' }),
  interval,
  limit: z.int().min(1).max(LIMITS.sources).default(100),
})

export const interfacesBody = z.strictObject({
  exporter,
  from: time,
  to: time.default('now'),
  interfaces: z.array(number32).min(1).max(300).optional().meta({ description: 'Their numbers; all if left out.' }),
  interval,
  limit: z.int().min(1).max(300).default(100),
})

const known = z.number().nullable()
const knownSeries = z.array(known)

export const countersAnswer = z.object({
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

export const interfacesAnswer = z.object({
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
