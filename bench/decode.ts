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
import { goflow2, type PeerProtocol } from './support/goflow2.ts'
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
    ...(await compared('NetFlow v9, 21 fields', 15, 'netflow9', v9)),
    { what: 'NetFlow v9, 21 fields: and enrich', value: measure(v9, ENRICHERS), unit: 'M records/s' },
    ...(await compared('IPFIX, 22 fields', 15, 'ipfix', ipfix)),
    ...(await compared('NetFlow v5', 25, 'netflow5', v5)),
    ...(await compared('sFlow, 128-byte headers', 5, 'sflow5', sflow)),
    ...(await ofMany()),
  ]
}

/** One figure beside goflow2's decoders alone, which make no flows of what they decode, and beside all of its work. */
async function compared(
  name: string,
  least: number,
  protocol: PeerProtocol,
  datagrams: readonly Uint8Array[],
  value = measure(datagrams),
): Promise<Figure[]> {
  const peer = await goflow2(protocol, datagrams)
  const unit = protocol === 'sflow5' ? 'M samples/s' : 'M records/s'
  return [
    { what: `${name}: decode and normalise`, value, unit, want: { min: least }, peer: peer.decoded },
    ...(peer.produced ? [{ what: 'the same', value, unit, peer: peer.produced }] : []),
  ]
}

/** Few exporters and many, with templates of several makers in turn. */
async function ofMany(): Promise<Figure[]> {
  const few = manyExporters(20, POOL)
  const fast = measureMany(few).speed
  const many = measureMany(manyExporters(MANY, 2 * MANY))
  return [
    ...(await compared(
      'v9 of 20 exporters, templates of 5 makers in turn',
      15,
      'netflow9',
      // goflow2 keeps templates by the exporter's socket; here it has one for all, which is in its favour.
      [few.templates[0], ...few.data].flatMap((each) => (each ? [each.bytes] : [])),
      fast,
    )),
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
