/**
 * Sends NetFlow v5 or v9 (21 fields), IPFIX (22 fields) or sFlow at a steady rate and prints the exact sums as one JSON
 * line. A process of its own:
 *
 *   node --import tsx bench/support/sender.ts PORT FLOWS_PER_SECOND SECONDS PROTOCOL
 *
 * A pool of datagrams is made beforehand; only header times and sequence numbers change from one sending to the next.
 */
import { createSocket, type Socket } from 'node:dgram'
import { fileURLToPath } from 'node:url'
import { IPFIX, V5, V9, type Layout } from './datagrams.ts'
import { generator } from './random.ts'
import { sflow5Pool } from './sflow-datagrams.ts'

const EXPORTERS = 4
const POOL = 8000
const TICK_MS = 10
const UPTIME_MS = 7_200_000
const TEMPLATE_ID = 256

export type SentProtocol = 'netflow5' | 'netflow9' | 'ipfix' | 'sflow5'

export interface Truth {
  datagrams: number
  flows: number
  bytes: number
  packets: number
  /** Seconds that sending took. */
  seconds: number
  /** CPU seconds of the sender. */
  cpuSeconds: number
}

interface Prepared {
  readonly bytes: Buffer
  readonly octets: number
  readonly packets: number
}

/** Datagrams of a protocol. */
interface Pool {
  /** Records, or samples, of each. */
  readonly records: number
  /** Sent once by each exporter before all else. */
  readonly template: Buffer | null
  readonly datagrams: readonly Prepared[]
  /** Writes time and sequence number of the exporter's datagram `n`, the template not counted. */
  stamp(bytes: Buffer, seconds: number, n: number): void
}

async function send(port: number, flowsPerSecond: number, seconds: number, protocol: SentProtocol): Promise<Truth> {
  const pool = POOLS[protocol]()
  const { records } = pool
  const sockets = await Promise.all(Array.from({ length: EXPORTERS }, (_, i) => open(`127.0.0.${i + 1}`, port)))
  const truth: Truth = { datagrams: 0, flows: 0, bytes: 0, packets: 0, seconds: 0, cpuSeconds: 0 }
  const total = Math.round((flowsPerSecond * seconds) / records)
  const cpu = process.cpuUsage()
  const began = performance.now()
  let pending = 0
  const emit = (socket: Socket, bytes: Uint8Array) => {
    pending++
    socket.send(bytes, (error) => {
      if (error) throw error
      pending--
    })
  }
  if (pool.template) {
    for (const socket of sockets) emit(socket, pool.template)
    truth.datagrams += EXPORTERS
  }
  let sent = 0
  while (sent < total) {
    const due = Math.min(total, Math.round((((performance.now() - began) / 1000) * flowsPerSecond) / records))
    const now = Math.floor(Date.now() / 1000)
    for (; sent < due; sent++) {
      const each = pool.datagrams[sent % POOL] as Prepared
      pool.stamp(each.bytes, now, Math.floor(sent / EXPORTERS))
      emit(sockets[sent % EXPORTERS] as Socket, each.bytes)
      truth.datagrams++
      truth.flows += records
      truth.bytes += each.octets
      truth.packets += each.packets
    }
    await new Promise((resolve) => setTimeout(resolve, TICK_MS))
  }
  truth.seconds = (performance.now() - began) / 1000
  while (pending > 0) await new Promise((resolve) => setTimeout(resolve, 1))
  for (const socket of sockets) socket.close()
  const used = process.cpuUsage(cpu)
  truth.cpuSeconds = (used.user + used.system) / 1e6
  return truth
}

/** Headers: RFC 3954 §5.1, RFC 7011 §3.1, NetFlow v5, sFlow v5 with an IPv4 agent; times are written when they are sent. */
const POOLS: Readonly<Record<SentProtocol, () => Pool>> = {
  netflow9() {
    const header = (count: number) => numbers([9, 2], [count, 2], [UPTIME_MS, 4], [0, 4], [0, 4], [1, 4])
    return {
      ...withTemplate(V9, header, 0),
      stamp(bytes, seconds, n) {
        bytes.writeUInt32BE(seconds, 8)
        // The template was number 0.
        bytes.writeUInt32BE(n + 1, 12)
      },
    }
  },
  ipfix() {
    const pool = withTemplate(IPFIX, () => numbers([10, 2], [0, 2], [0, 4], [0, 4], [1, 4]), 2)
    for (const bytes of [pool.template, ...pool.datagrams.map((each) => each.bytes)])
      bytes.writeUInt16BE(bytes.length, 2)
    return {
      ...pool,
      stamp(bytes, seconds, n) {
        bytes.writeUInt32BE(seconds, 4)
        bytes.writeUInt32BE(n * pool.records, 8)
      },
    }
  },
  netflow5() {
    const records = 29
    const header = numbers([5, 2], [records, 2], [UPTIME_MS, 4], [0, 4], [0, 4], [0, 4], [1, 2], [0, 2])
    return {
      records,
      template: null,
      datagrams: prepare(V5, records, (content) => Buffer.concat([header, content])),
      stamp(bytes, seconds, n) {
        bytes.writeUInt32BE(seconds, 8)
        bytes.writeUInt32BE(n * records, 16)
      },
    }
  },
  sflow5() {
    const { samples, datagrams } = sflow5Pool(POOL)
    return {
      records: samples,
      template: null,
      datagrams,
      stamp: (bytes, _, n) => bytes.writeUInt32BE(n + 1, 16),
    }
  },
}

function withTemplate(
  layout: Layout,
  header: (count: number) => Buffer,
  templateSet: number,
): { records: number; template: Buffer; datagrams: Prepared[] } {
  const octets = layout.reduce((sum, [, length]) => sum + length, 0)
  const records = Math.floor(1300 / octets)
  const set = (id: number, content: Buffer) => Buffer.concat([numbers([id, 2], [content.length + 4, 2]), content])
  const template = numbers([TEMPLATE_ID, 2], [layout.length, 2], ...layout.flat().map((value) => [value, 2] as const))
  return {
    records,
    template: Buffer.concat([header(1), set(templateSet, template)]),
    datagrams: prepare(layout, records, (content) => {
      const padded = Buffer.concat([content, Buffer.alloc((4 - (content.length % 4)) % 4)])
      return Buffer.concat([header(records), set(TEMPLATE_ID, padded)])
    }),
  }
}

function prepare(layout: Layout, records: number, wrap: (content: Buffer) => Buffer): Prepared[] {
  const random = generator(1)
  const nowMs = Date.now()
  return Array.from({ length: POOL }, () => {
    let octets = 0
    let packets = 0
    const content = Array.from({ length: records }, () => {
      const flow = flowOf(random, nowMs)
      octets += flow[1] as number
      packets += flow[2] as number
      return numbers(...layout.map(([element, length]) => [(flow[element] ?? 0) % 256 ** length, length] as const))
    })
    return { bytes: wrap(Buffer.concat(content)), octets, packets }
  })
}

const SERVICES = [443, 443, 443, 443, 80, 53, 53, 22, 993, 445, 5432, 123, 8443, 3389]

/** Values by element. Clients spread evenly, servers heavy-tailed; sizes, durations and ports as real traffic has them. */
function flowOf(random: () => number, nowMs: number): Readonly<Record<number, number>> {
  const client = 0x0a000000 + Math.floor(random() * 50_000)
  const server = 0xc6120000 + Math.floor(150_000 ** random())
  const fromServer = random() < 0.5
  const port = SERVICES[Math.floor(random() * SERVICES.length)] as number
  const high = 32_768 + Math.floor(random() * 28_000)
  const udp = port === 53 || port === 123
  const count = Math.min(udp ? 1 + Math.floor(random() * 3) : Math.ceil(1 / random()), 500_000)
  const size = udp
    ? 60 + Math.floor(random() * 200)
    : fromServer
      ? 900 + Math.floor(random() * 600)
      : 40 + Math.floor(random() * 150)
  const duration = count > 1 ? Math.floor(random() ** 2 * 60_000) : 0
  const ago = Math.floor(random() * 4000)
  const inside = { ip: client, port: high, mask: 24, as: 64_512, interface: 10_101 + (client % 48) }
  const outside = { ip: server, port, mask: 16, as: 15_169 + (server % 40), interface: 49 }
  const [source, destination] = fromServer ? [outside, inside] : [inside, outside]
  return {
    1: count * size,
    2: count,
    4: udp ? 17 : 6,
    5: 0,
    6: udp ? 0 : 0x1b,
    7: source.port,
    8: source.ip,
    9: source.mask,
    10: source.interface,
    11: destination.port,
    12: destination.ip,
    13: destination.mask,
    14: destination.interface,
    15: 0x0a000001 + (client % 16),
    16: source.as,
    17: destination.as,
    21: UPTIME_MS - ago,
    22: UPTIME_MS - ago - duration,
    58: 100 + (client % 16),
    59: 100 + (client % 16),
    61: fromServer ? 1 : 0,
    136: 3,
    152: nowMs - ago - duration,
    153: nowMs - ago,
  }
}

/** Numbers of so many octets, most significant first. */
function numbers(...values: readonly (readonly [value: number, length: number])[]): Buffer {
  const bytes = Buffer.alloc(values.reduce((sum, [, length]) => sum + length, 0))
  let at = 0
  for (const [value, length] of values) {
    if (length <= 6) bytes.writeUIntBE(value, at, length)
    else bytes.writeBigUInt64BE(BigInt(value), at)
    at += length
  }
  return bytes
}

async function open(address: string, port: number): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', sendBufferSize: 4 << 20 })
  await new Promise<void>((resolve) => socket.bind(0, address, resolve))
  await new Promise<void>((resolve) => socket.connect(port, '127.0.0.1', resolve))
  return socket
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [port, rate, seconds, protocol = 'netflow9'] = process.argv.slice(2)
  const truth = await send(Number(port), Number(rate), Number(seconds), protocol as SentProtocol)
  process.stdout.write(`${JSON.stringify(truth)}\n`)
}
