/** Datagrams to rows of a batch on one thread, decoded and normalised: `node --import tsx bench/decode.ts`. */
import { fileURLToPath } from 'node:url'
import { Counters } from '../src/server/counters.ts'
import { ENRICHERS } from '../src/server/intake/enrich/index.ts'
import type { Enricher } from '../src/server/intake/enrich/enricher.ts'
import { Pipeline } from '../src/server/intake/pipeline.ts'
import { table, type Figure } from './support/figure.ts'
import { netflow5Datagrams, netflow9Datagrams, ipfixDatagrams } from './support/datagrams.ts'
import { sflow5Datagrams } from './support/sflow-datagrams.ts'

const ROUNDS = 12
/** Datagrams of a kind, and how often they are sent in a round: about 0.5 M records. */
const POOL = 2000
const REPEATS = 10

const GOFLOW2_V9 = { name: 'goflow2 2.2.6', value: 0.98, better: 'higher' } as const
const GOFLOW2_SFLOW = { name: 'goflow2 2.2.6', value: 0.92, better: 'higher' } as const
const GOFLOW2_V5 = { name: 'goflow2 2.2.6', value: 3.8, better: 'higher' } as const

export async function decode(): Promise<Figure[]> {
  const v9 = netflow9Datagrams(POOL)
  return [
    {
      what: 'NetFlow v9, 21 fields: decode and normalise',
      value: measure(v9),
      unit: 'M records/s',
      want: { min: 10 },
      peer: GOFLOW2_V9,
    },
    { what: 'NetFlow v9, 21 fields: and enrich', value: measure(v9, ENRICHERS), unit: 'M records/s' },
    { what: 'IPFIX, 22 fields: decode and normalise', value: measure(ipfixDatagrams(POOL)), unit: 'M records/s' },
    {
      what: 'NetFlow v5: decode and normalise',
      value: measure(netflow5Datagrams(POOL)),
      unit: 'M records/s',
      peer: GOFLOW2_V5,
    },
    {
      what: 'sFlow, 128-byte headers: decode and normalise',
      value: measure(sflow5Datagrams(POOL)),
      unit: 'M samples/s',
      want: { min: 5 },
      peer: GOFLOW2_SFLOW,
    },
  ]
}

/** Million records in a second of CPU time, in the best of several rounds: what others do on the machine counts least. */
function measure(datagrams: readonly Uint8Array[], enrichers: readonly Enricher[] = []): number {
  const counters = new Counters()
  const pipeline = new Pipeline({
    counters,
    enrichers,
    limits: {
      exporters: 8,
      templates: 8,
      templatesPerExporter: 8,
      options: 64,
      optionsPerExporter: 64,
      waitingSets: 8,
      waitingBytes: 65_536,
      queuedBatches: 1,
    },
    settings: {},
    sink: {
      take(batch) {
        batch.clear()
        return batch
      },
    },
  })
  let best = 0
  for (let round = 0; round < ROUNDS; round++) {
    const before = counters.get('flows')
    const began = process.cpuUsage()
    for (let i = 0; i < REPEATS; i++)
      for (const datagram of datagrams) pipeline.receive(datagram, '192.0.2.1', Date.now())
    const { user, system } = process.cpuUsage(began)
    best = Math.max(best, (counters.get('flows') - before) / (user + system))
  }
  if (Object.keys(counters.losses()).length > 0) throw new Error(`losses: ${JSON.stringify(counters.losses())}`)
  return best
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(table(await decode()))
