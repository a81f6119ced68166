/** Datagrams to rows of a batch on one thread, decoded and normalised: `node --import tsx bench/decode.ts`. */
import { fileURLToPath } from 'node:url'
import { CONFIG } from '../src/server/config/schema.ts'
import { Counters } from '../src/server/counters.ts'
import { ENRICHERS } from '../src/server/intake/enrich/index.ts'
import type { Enricher } from '../src/server/intake/enrich/enricher.ts'
import { Pipeline } from '../src/server/intake/pipeline.ts'
import { table, type Figure } from './support/figure.ts'
import {
  ipfixDatagrams,
  SEQUENCE_AT,
  manyExporters,
  netflow5Datagrams,
  netflow9Datagrams,
} from './support/datagrams.ts'
import { goflow2 } from './support/goflow2.ts'
import { sflow5Datagrams } from './support/sflow-datagrams.ts'

const ROUNDS = 12
/** Datagrams of a kind, and how often they are sent in a round: about 0.5 M records. */
const POOL = 2000
const REPEATS = 10
/** As many as stay in the processor's caches, where the kernel leaves a datagram that has just come. */
const FRESH = 200

/** In the sentence of the figure: exporters that send in turn, each with five templates. */
const MANY = 10_000

export async function decode(): Promise<Figure[]> {
  const v9 = netflow9Datagrams(POOL)
  const ipfix = ipfixDatagrams(POOL)
  const v5 = netflow5Datagrams(POOL)
  const sflow = sflow5Datagrams(FRESH)
  return [
    {
      what: 'NetFlow v9, 21 fields: decode and normalise',
      value: measure(v9),
      unit: 'M records/s',
      want: { min: 15 },
      peer: await goflow2('netflow9', v9),
    },
    { what: 'NetFlow v9, 21 fields: and enrich', value: measure(v9, ENRICHERS), unit: 'M records/s' },
    {
      what: 'IPFIX, 22 fields: decode and normalise',
      value: measure(ipfix),
      unit: 'M records/s',
      want: { min: 15 },
      peer: await goflow2('ipfix', ipfix),
    },
    {
      what: 'NetFlow v5: decode and normalise',
      value: measure(v5),
      unit: 'M records/s',
      want: { min: 25 },
      peer: await goflow2('netflow5', v5),
    },
    {
      what: 'sFlow, 128-byte headers: decode and normalise',
      value: measure(sflow),
      unit: 'M samples/s',
      want: { min: 5 },
      peer: await goflow2('sflow5', sflow),
    },
    ...(await ofMany()),
  ]
}

/** Few exporters and many, with templates of several makers in turn. */
async function ofMany(): Promise<Figure[]> {
  const few = manyExporters(20, POOL)
  const fast = measureMany(few).speed
  const many = measureMany(manyExporters(MANY, 2 * MANY))
  return [
    {
      what: 'v9 of 20 exporters, templates of 5 makers in turn',
      value: fast,
      unit: 'M records/s',
      want: { min: 15 },
      peer: await goflow2(
        'netflow9',
        // goflow2 keeps templates by the exporter's socket; here it has one for all, which is in its favour.
        [few.templates[0], ...few.data].flatMap((each) => (each ? [each.bytes] : [])),
      ),
    },
    {
      what: `the same of ${MANY.toLocaleString('en')} exporters`,
      value: many.speed / fast,
      unit: 'of that',
      want: { min: 0.5 },
    },
    { what: 'and what they take of memory', value: many.megabytes, unit: 'MB', want: { max: 300 } },
  ]
}

function measureMany({ templates, data }: ReturnType<typeof manyExporters>): { speed: number; megabytes: number } {
  const { counters, pipeline } = pipelineWith([], 20_000)
  const memoryBefore = used()
  for (const { address, bytes } of templates) pipeline.receive(bytes, address, Date.now())
  let round = 0
  const send = () => {
    for (const [n, { address, bytes }] of data.entries()) {
      const sequence = 1 + round * Math.ceil(data.length / templates.length) + Math.floor(n / templates.length)
      for (let i = 0; i < 4; i++) bytes[SEQUENCE_AT + i] = sequence >>> (24 - 8 * i)
      pipeline.receive(bytes, address, Date.now())
    }
    round++
  }
  send()
  const megabytes = (used() - memoryBefore) / 1e6
  return { speed: best(counters, send), megabytes }
}

function used(): number {
  globalThis.gc?.()
  const { heapUsed, external, arrayBuffers } = process.memoryUsage()
  return heapUsed + external + arrayBuffers
}

function measure(datagrams: readonly Uint8Array[], enrichers: readonly Enricher[] = []): number {
  const { counters, pipeline } = pipelineWith(enrichers, 8)
  return best(counters, () => {
    for (let i = 0; i < (REPEATS * POOL) / datagrams.length; i++)
      for (const datagram of datagrams) pipeline.receive(datagram, '192.0.2.1', Date.now())
  })
}

function pipelineWith(enrichers: readonly Enricher[], exporters: number): { counters: Counters; pipeline: Pipeline } {
  const counters = new Counters()
  const pipeline = new Pipeline({
    counters,
    enrichers,
    limits: { ...CONFIG.parse({}).limits, exporters },
    settings: {},
    sink: {
      take(batch) {
        batch.clear()
        return batch
      },
    },
  })
  return { counters, pipeline }
}

/** Million records in a second of CPU time, in the best of several rounds: what others do on the machine counts least. */
function best(counters: Counters, send: () => void): number {
  let most = 0
  for (let round = 0; round < ROUNDS; round++) {
    const before = counters.get('flows')
    const began = process.cpuUsage()
    send()
    const { user, system } = process.cpuUsage(began)
    most = Math.max(most, (counters.get('flows') - before) / (user + system))
  }
  if (Object.keys(counters.losses()).length > 0) throw new Error(`losses: ${JSON.stringify(counters.losses())}`)
  return most
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(table(await decode()))
