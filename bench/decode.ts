/** Datagrams to rows of a batch on one thread, decoded and normalised: `node --import tsx bench/decode.ts`. */
import { execFileSync } from 'node:child_process'
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

const ROUNDS = 20
/** Datagrams of a kind, and how often they are sent in a round: about 0.5 M records. */
const POOL = 2000
const REPEATS = 10

/** In the sentence of the figure: exporters that send in turn, each with five templates. */
const FEW = 20
const MANY = 10_000

/** Each in a process of its own, so that none runs code that V8 has made for another. */
const MEASURES = {
  v9: () => [measure(netflow9Datagrams(POOL))],
  enriched: () => [measure(netflow9Datagrams(POOL), ENRICHERS)],
  ipfix: () => [measure(ipfixDatagrams(POOL))],
  v5: () => [measure(netflow5Datagrams(POOL))],
  sflow: () => [measure(sflow5Datagrams(POOL))],
  few: () => measureMany(manyExporters(FEW, POOL)),
  many: () => measureMany(manyExporters(MANY, 2 * MANY)),
} as const satisfies Record<string, () => number[]>
type Measure = keyof typeof MEASURES

export async function decode(): Promise<Figure[]> {
  const makers = manyExporters(FEW, POOL)
  const [few = 0] = apart('few')
  const [many = 0, megabytes = 0] = apart('many')
  return [
    ...(await compared('NetFlow v9, 21 fields', 15, 'netflow9', netflow9Datagrams(POOL), apart('v9'))),
    { what: 'NetFlow v9, 21 fields: and enrich', value: apart('enriched')[0] ?? 0, unit: 'M records/s' },
    ...(await compared('IPFIX, 22 fields', 15, 'ipfix', ipfixDatagrams(POOL), apart('ipfix'))),
    ...(await compared('NetFlow v5', 25, 'netflow5', netflow5Datagrams(POOL), apart('v5'))),
    ...(await compared('sFlow, 128-byte headers', 5, 'sflow5', sflow5Datagrams(POOL), apart('sflow'))),
    ...(await compared(
      `v9 of ${FEW} exporters, templates of 5 makers in turn`,
      15,
      'netflow9',
      // goflow2 keeps templates by the exporter's socket; here it has one for all, which is in its favour.
      [makers.templates[0], ...makers.data].flatMap((each) => (each ? [each.bytes] : [])),
      [few],
    )),
    {
      what: `the same of ${MANY.toLocaleString('en')} exporters`,
      value: many / few,
      unit: 'of that',
      want: { min: 0.5 },
    },
    { what: 'and what they take of memory', value: megabytes, unit: 'MB', want: { max: 300 } },
  ]
}

function apart(measureName: Measure): number[] {
  const file = fileURLToPath(import.meta.url)
  const said = execFileSync(process.execPath, ['--expose-gc', '--import', 'tsx', file, measureName], {
    encoding: 'utf8',
  })
  return said.split(' ').map(Number)
}

/** One figure beside goflow2's decoders alone, which make no flows of what they decode, and beside all of its work. */
async function compared(
  name: string,
  least: number,
  protocol: PeerProtocol,
  datagrams: readonly Uint8Array[],
  [value = 0]: readonly number[],
): Promise<Figure[]> {
  const peer = await goflow2(protocol, datagrams)
  const unit = protocol === 'sflow5' ? 'M samples/s' : 'M records/s'
  return [
    { what: `${name}: decode and normalise`, value, unit, want: { min: least }, peer: peer.decoded },
    ...(peer.produced ? [{ what: 'the same', value, unit, peer: peer.produced }] : []),
  ]
}

/** Million records a second, and what the exporters take up, in MB. */
function measureMany({ templates, data }: ReturnType<typeof manyExporters>): number[] {
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
  return [best(counters, send), megabytes]
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const asked = process.argv[2] as Measure | undefined
  console.log(asked ? MEASURES[asked]().join(' ') : table(await decode()))
}
