/** UDP to durable and queryable, everything on, the sender on the same machine. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Figure } from './support/figure.ts'
import type { SentProtocol, Truth } from './support/sender.ts'
import { Server, until } from './support/server.ts'

const SECONDS = 15
/** goflow2 2.2.6, v9 to protobuf and /dev/null, on a machine of this kind: CPU seconds per million records. */
const GOFLOW2_CPU_SECONDS = 11.1
const GOFLOW2_RATE = 140_000

/** The other protocols, as fast as they are to be taken in without loss. */
const OTHERS = [
  ['ipfix', 'IPFIX', 300_000, 'flows'],
  ['netflow5', 'v5', 300_000, 'flows'],
  ['sflow5', 'sFlow', 150_000, 'samples'],
] as const

export async function endToEnd(): Promise<Figure[]> {
  const figures = await ofVersion9()
  for (const [protocol, name, rate, unit] of OTHERS) {
    const { missing, bytesOff, cpuPerMillion } = await run(rate, protocol)
    const what = `${name} end to end at ${rate.toLocaleString('en')} ${unit}/s`
    figures.push(
      { what: `${what}: lost`, value: missing, unit, want: { max: 0 } },
      { what: 'the same: byte sum off by', value: bytesOff, unit: 'B', want: { max: 0 } },
      { what: `the same: CPU of all of Weir per million ${unit}`, value: cpuPerMillion, unit: 's' },
    )
  }
  return figures
}

async function ofVersion9(): Promise<Figure[]> {
  const slow = await run(100_000)
  const fast = await run(300_000)
  return [
    { what: 'v9 end to end at 300,000 flows/s: flows lost', value: fast.missing, unit: 'flows', want: { max: 0 } },
    { what: 'the same: byte sum off by', value: fast.bytesOff, unit: 'B', want: { max: 0 } },
    {
      what: 'the same: rate carried without loss',
      value: fast.missing === 0 ? fast.truth.flows / fast.truth.seconds : 0,
      unit: 'flows/s',
      want: { min: 295_000 },
      peer: { name: 'goflow2', value: GOFLOW2_RATE, better: 'higher' },
    },
    {
      what: 'the same: CPU of all of Weir per million flows',
      value: fast.cpuPerMillion,
      unit: 's',
      want: { max: 4 },
      peer: { name: 'goflow2', value: GOFLOW2_CPU_SECONDS, better: 'lower' },
    },
    { what: 'the same: last datagram to queryable', value: fast.queryableSeconds, unit: 's', want: { max: 2 } },
    { what: 'the same: on disk while running', value: fast.bytesPerFlow, unit: 'B/flow', want: { max: 30 } },
    { what: 'the same: on disk after a stop', value: fast.bytesPerFlowStopped, unit: 'B/flow', want: { max: 30 } },
    { what: 'largest memory at 100,000 flows/s', value: slow.peakRss / 2 ** 20, unit: 'MiB', want: { max: 600 } },
    {
      what: 'v9 end to end at 100,000 flows/s: CPU per million flows',
      value: slow.cpuPerMillion,
      unit: 's',
      want: { max: 4 },
      peer: { name: 'goflow2', value: GOFLOW2_CPU_SECONDS, better: 'lower' },
    },
  ]
}

interface Run {
  truth: Truth
  missing: number
  bytesOff: number
  cpuPerMillion: number
  queryableSeconds: number
  bytesPerFlow: number
  bytesPerFlowStopped: number
  peakRss: number
}

async function run(rate: number, protocol: SentProtocol = 'netflow9'): Promise<Run> {
  const server = await Server.start()
  try {
    await new Promise((resolve) => setTimeout(resolve, 2000))
    const cpu = server.cpuSeconds()
    const truth = await send(server.udpPort, rate, SECONDS, protocol)
    const sentAt = performance.now()
    const totals = async () =>
      (await server.call('query', { from: 'now-1h', measures: ['bytes', 'packets', 'flows'] })).meta.totals
    const complete = await until(async () => Number((await totals()).flows) >= truth.flows, 10)
    const queryableSeconds = complete ? (performance.now() - sentAt) / 1000 : Number.POSITIVE_INFINITY
    const cpuPerMillion = ((server.cpuSeconds() - cpu) / truth.flows) * 1e6
    const got = await totals()
    const bytesPerFlow = server.diskBytes() / truth.flows
    const peakRss = server.peakRssBytes()
    await server.stop()
    return {
      truth,
      missing: truth.flows - Number(got.flows),
      bytesOff: Math.abs(truth.bytes - Number(got.bytes)),
      cpuPerMillion,
      queryableSeconds,
      bytesPerFlow,
      bytesPerFlowStopped: server.diskBytes() / truth.flows,
      peakRss,
    }
  } finally {
    server.removeData()
  }
}

/** The sender's exact sums. */
export function send(port: number, rate: number, seconds: number, protocol: SentProtocol = 'netflow9'): Promise<Truth> {
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      fileURLToPath(new URL('support/sender.ts', import.meta.url)),
      String(port),
      String(rate),
      String(seconds),
      protocol,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let said = ''
  child.stdout.on('data', (text: Buffer) => (said += text.toString()))
  return new Promise((resolve, reject) => {
    child.once('exit', (code) =>
      code === 0 ? resolve(JSON.parse(said) as Truth) : reject(new Error(`the sender ended with ${code}`)),
    )
  })
}
