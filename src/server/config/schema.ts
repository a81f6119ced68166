/**
 * What can be configured, with the default of each. The file's keys, their checks and `docs/reference/configuration.md`
 * derive from it.
 */
import { z } from 'zod'
import { parseWhole } from '../../shared/query/amount.ts'
import { USUAL_LIMITS } from '../../shared/query/limits.ts'
import { formatInterval } from '../../shared/query/time.ts'
import { PRICED, PRICED_NAMES, type Priced } from '../../shared/prices.ts'
import { PROTOCOLS } from '../../shared/schema/codes.ts'
import { parseIp } from '../../shared/schema/ip.ts'
import { rangeOf } from '../intake/exporter-settings.ts'
import { LOG_LEVELS } from '../log.ts'
import { SOURCES } from '../sources/settings.ts'
import { readAddress, readListener } from './address.ts'
import { siteFields } from './site-fields.ts'

/** Text such as `32MiB` → bytes. */
const size = (fallback: string, least: number) => amount('bytes', 'a size such as 32MiB', fallback, least)
/** Text such as `30s` → milliseconds. */
const duration = (fallback: string, least: number) => amount('milliseconds', 'a duration such as 30s', fallback, least)
const rate = z.int().min(1).max(0xffff_ffff)
const count = (fallback: number, least: number, most: number) => z.int().min(least).max(most).default(fallback)

const age = z
  .union([z.string(), z.int()])
  .default('forever')
  .transform((text, context) =>
    text === 'forever'
      ? null
      : readAmount('milliseconds', 'forever, or a day or more, such as 14d or 5y', 86_400_000)(text, context),
  )

const ranges = z.array(
  z.string().refine((text) => rangeOf(text) !== null, "an exporter's address, or address/prefix length"),
)

/** A price for each that may have one. */
function prices() {
  const price = (name: Priced) =>
    z
      .number()
      .min(0)
      .max(1_000_000)
      .optional()
      .meta({ description: `Price of a gigabyte of ${PRICED[name]}.` })
  return Object.fromEntries(PRICED_NAMES.map((name) => [name, price(name)])) as Record<Priced, ReturnType<typeof price>>
}

export const CONFIG = z.strictObject({
  data: z
    .string()
    .min(1)
    .default('data')
    .meta({ description: 'Folder that holds the flows. Made where it is missing.' }),
  listen: z
    .array(z.string().superRefine(check(readListener)))
    .default(['udp://0.0.0.0:2055', 'udp://0.0.0.0:4739', 'udp://0.0.0.0:6343', 'tcp://0.0.0.0:4739'])
    .meta({
      description:
        'Where exporters send to: `udp://HOST:PORT` for any protocol, `tcp://HOST:PORT` or `tls://HOST:PORT` for IPFIX. `[]` for no listener.',
    }),
  receiveBuffer: size('32MiB', 1024).meta({
    description: 'Receive buffer to ask the kernel for, for each socket. The kernel gives at most `net.core.rmem_max`.',
  }),
  tls: z
    .strictObject({
      certificate: z.string().min(1).meta({
        description: 'PEM file with the certificate of `tls://` listeners, and those between it and the root.',
      }),
      key: z.string().min(1).meta({ description: 'PEM file with its private key.' }),
      clientCa: z.string().min(1).optional().meta({
        description:
          'PEM file with the certificates that exporters’ own must be signed by. Without it, any may connect.',
      }),
    })
    .optional()
    .meta({ description: 'For `tls://` listeners. Files that change are read again.' }),
  http: z
    .strictObject({
      listen: z
        .string()
        .superRefine(check(readAddress))
        .default('127.0.0.1:3055')
        .meta({ description: 'Where page and API answer.' }),
      names: z
        .array(z.string().regex(/^[a-z0-9.:[\]_-]+$/i, 'a host name or address without scheme and port'))
        .default([])
        .meta({
          description:
            'Host names by which people reach Weir, besides its own address: a request for another name is refused (DNS rebinding).',
        }),
      timeLimit: duration('30s', 1).meta({ description: 'How long a question may take before it is ended.' }),
    })
    .prefault({}),
  store: z
    .strictObject({
      url: z.string().default('duckdb').meta({ description: '`duckdb`: the embedded store.' }),
      threads: count(0, 0, 256).meta({
        description: 'Threads of the database. 0: one fewer than there are processors, which is left to the others.',
      }),
      memory: size('512MiB', 64 * 2 ** 20).meta({
        description: 'Memory that the database may use; what does not fit goes to disk.',
      }),
      temporary: size('8GB', 0).meta({
        description:
          'Disk that questions may use for what does not fit into memory; half of what is free at the start, where that is less.',
      }),
    })
    .prefault({}),
  retention: z
    .strictObject({
      raw: age.meta({
        description: 'How long single flows are kept, such as `14d`. `forever`: as long as there is room on the disk.',
      }),
      minute: age.meta({
        description: 'How long sums by minute are kept. They never go before the flows of their day.',
      }),
      hour: age.meta({
        description: 'How long sums by hour are kept, such as `5y`. They never go before those by minute.',
      }),
      counters: age.meta({ description: 'How long the counters that devices send are kept.' }),
      disk: z
        .union([z.string(), z.int()])
        .default('auto')
        .transform((text, context) =>
          text === 'auto' ? null : readAmount('bytes', 'auto, or a size such as 200GB', 1e9)(text, context),
        )
        .meta({
          description:
            'What all of it may take on the disk, such as `200GB`. `auto`: as much as leaves 10 GB of the disk free, of a small one a quarter. What goes first is the oldest day of flows, then of sums by minute, then by hour, then of counters; never today’s. See [keep for years](../how-to/keep-for-years.md).',
        }),
    })
    .prefault({}),
  sampling: z
    .record(
      z.string().refine((text) => parseIp(text) !== null, "an exporter's address"),
      z.int().min(1).max(0xffff_ffff),
    )
    .default({})
    .meta({
      description:
        'Sampling rate by exporter address, for exporters that do not announce one: `192.0.2.1: 1000`. Short for `exporters` with `sampling`.',
    }),
  exporters: z
    .record(
      z.string().refine((text) => rangeOf(text) !== null, "an exporter's address, or address/prefix length"),
      z.strictObject({
        name: z.string().max(64).optional().meta({ description: 'What people call it.' }),
        sampling: rate.optional().meta({ description: 'Sampling rate where it announces none.' }),
        samplingOverride: rate.optional().meta({ description: 'Sampling rate instead of what it announces.' }),
        tunnels: z.enum(['inner', 'outer']).optional().meta({
          description:
            'Which addresses of a tunnelled packet are those of the flow, where the exporter sends packet headers; the others are kept beside.',
        }),
        flowsPerSecond: z.int().min(0).max(100_000_000).optional().meta({
          description:
            'Above this rate only one flow in so many is kept, and counted for all: the sampling rate grows. 0 for no limit.',
        }),
        correctClock: z
          .union([z.string(), z.int()])
          .transform(readAmount('milliseconds', 'a duration such as 30s', 0))
          .optional()
          .meta({
            description: 'From which offset on its clock is corrected; 0s for never.',
          }),
      }),
    )
    .default({})
    .meta({
      description:
        'Settings of single exporters, by address or `address/prefix length`; the narrowest that says something goes first.',
    }),
  intake: z
    .strictObject({
      keep: z.string().min(1).optional().meta({
        description:
          'Only flows that fit this filter are kept, such as `ip:10.0.0.0/8`; see [filter at the intake](../how-to/filter-at-the-intake.md).',
      }),
      drop: z.string().min(1).optional().meta({
        description: 'Flows that fit this filter are not kept, such as `proto:icmp and bytes<1000`.',
      }),
      exporters: z
        .strictObject({
          allow: ranges.optional().meta({ description: 'Only exporters with these addresses are let in.' }),
          deny: ranges.default([]).meta({ description: 'Exporters with these addresses are not let in.' }),
        })
        .prefault({}),
      protocols: z
        .strictObject({
          deny: z
            .array(z.enum(PROTOCOLS))
            .default([])
            .meta({ description: `Protocols that are not decoded, out of ${PROTOCOLS.join(', ')}.` }),
        })
        .prefault({}),
    })
    .prefault({}),
  sources: SOURCES,
  prices: z
    .strictObject({
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, 'three capitals, such as USD')
        .meta({ description: 'What the prices are in, such as `USD` (ISO 4217).' }),
      ...prices(),
    })
    .optional()
    .meta({
      description:
        'What your cloud charges for a gigabyte (10⁹ bytes), for the estimated costs of the VPC page. Weir knows no prices of its own: they differ by region and contract.',
    }),
  fields: siteFields.default([]).meta({
    description:
      'Elements of NetFlow v9 and IPFIX to keep as fields of your own; see [keep an element](../how-to/keep-an-element.md).',
  }),
  limits: z
    .strictObject({
      exporters: count(16_384, 1, 1_000_000).meta({ description: 'Exporters that are told apart.' }),
      templates: count(100_000, 1, 10_000_000).meta({
        description: 'Templates kept over all exporters, 32 fields each on average; and as many observation domains.',
      }),
      templateLifetime: duration('1h', 60_000).meta({
        description:
          'Templates, domains and sub-agents that were not heard of for so long go, where room is needed for others. Until then nothing is given up: data of a template that is known is always decoded.',
      }),
      templatesPerExporter: count(4096, 1, 65_536).meta({ description: 'Templates kept for each exporter.' }),
      options: count(1_000_000, 1, 100_000_000).meta({
        description:
          'Things that exporters tell in options (sampling rates, names, properties in common), and sources of counters, kept over all exporters.',
      }),
      optionsPerExporter: count(65_536, 1, 10_000_000).meta({
        description: 'The same for each exporter.',
      }),
      waitingSets: count(4096, 1, 1_000_000).meta({
        description: 'Sets that wait for their template, over all exporters.',
      }),
      waitingBytes: size('16MiB', 65_536).meta({
        description: 'Memory for sets that wait for their template, over all exporters.',
      }),
      connections: count(1024, 1, 1_000_000).meta({
        description: 'Connections of a TCP or TLS listener at a time.',
      }),
      idleConnection: duration('1h', 1).meta({
        description: 'A TCP or TLS connection on which nothing comes for so long is closed.',
      }),
      queuedBatches: count(48, 2, 1024).meta({
        description: 'Batches (8,192 flows, 3.1 MB each) on their way to the store.',
      }),
      question: z
        .strictObject({
          range: duration(formatInterval(USUAL_LIMITS.range), 60_000).meta({
            description: 'Longest range that one question may ask for.',
          }),
          groups: count(USUAL_LIMITS.groups, 1, 100_000).meta({
            description: 'Groups that one answer names at most.',
          }),
          cells: count(USUAL_LIMITS.cells, 1, 10_000_000).meta({
            description: 'Groups × buckets in one answer.',
          }),
          values: count(USUAL_LIMITS.values, 1, 1_000_000_000).meta({
            description: 'Groups × base buckets that statistics such as `bps.p95` are taken of.',
          }),
        })
        .prefault({})
        .meta({ description: 'How much one question may ask for. How long it may take is `http.timeLimit`.' }),
    })
    .prefault({}),
  log: z
    .strictObject({
      level: z.enum(LOG_LEVELS).default('info').meta({ description: 'Least important line that is logged.' }),
    })
    .prefault({}),
})

/** The configuration in use: every default filled in, amounts as numbers (bytes, milliseconds). */
export type Config = z.output<typeof CONFIG>
/** As a file has it. */
export type ConfigFile = z.input<typeof CONFIG>

function amount(of: 'bytes' | 'milliseconds', form: string, fallback: string, least: number) {
  return z
    .union([z.string(), z.int()])
    .default(fallback)
    .transform(readAmount(of, form, least))
}

function readAmount(of: 'bytes' | 'milliseconds', form: string, least: number) {
  return (text: string | number, context: z.RefinementCtx) => {
    const value = Number(parseWhole(String(text), of) ?? Number.NaN)
    if (value >= least && Number.isSafeInteger(value)) return value
    context.addIssue({ code: 'custom', message: form })
    return z.NEVER
  }
}

/** Takes over what a reader says against a text. */
function check(read: (text: string) => unknown) {
  return (text: string, context: z.RefinementCtx) => {
    try {
      read(text)
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) })
    }
  }
}
