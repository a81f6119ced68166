/**
 * Sends NetFlow v9 of 21 fields at a steady rate and prints the exact sums as one JSON line. A process of its own:
 *
 *   node --import tsx bench/support/sender.ts PORT FLOWS_PER_SECOND SECONDS
 *
 * A pool of datagrams is made beforehand; only header times and sequence numbers change from one sending to the next.
 */
import { createSocket, type Socket } from 'node:dgram'
import { fileURLToPath } from 'node:url'

/** Element and length, in the order in which routers send them. */
const TEMPLATE: readonly (readonly [number, number])[] = [
  [1, 4],
  [2, 4],
  [4, 1],
  [5, 1],
  [6, 1],
  [7, 2],
  [8, 4],
  [9, 1],
  [10, 4],
  [11, 2],
  [12, 4],
  [13, 1],
  [14, 4],
  [15, 4],
  [16, 4],
  [17, 4],
  [21, 4],
  [22, 4],
  [58, 2],
  [59, 2],
  [61, 1],
]
const RECORD_BYTES = TEMPLATE.reduce((sum, [, length]) => sum + length, 0)
const RECORDS = 22
const EXPORTERS = 4
const POOL = 8000
const TICK_MS = 10
const UPTIME_MS = 7_200_000

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

async function send(port: number, flowsPerSecond: number, seconds: number): Promise<Truth> {
  const random = generator(1)
  const pool = Array.from({ length: POOL }, () => datagram(random))
  const sockets = await Promise.all(Array.from({ length: EXPORTERS }, (_, i) => open(`127.0.0.${i + 1}`, port)))
  const truth: Truth = { datagrams: 0, flows: 0, bytes: 0, packets: 0, seconds: 0, cpuSeconds: 0 }
  const total = Math.round((flowsPerSecond * seconds) / RECORDS)
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
  for (const socket of sockets) emit(socket, template())
  truth.datagrams += EXPORTERS
  let sent = 0
  while (sent < total) {
    const due = Math.min(total, Math.round((((performance.now() - began) / 1000) * flowsPerSecond) / RECORDS))
    const now = Math.floor(Date.now() / 1000)
    for (; sent < due; sent++) {
      const exporter = sent % EXPORTERS
      const each = pool[sent % POOL] as Prepared
      each.bytes.writeUInt32BE(now, 8)
      // The template was number 0 of each exporter.
      each.bytes.writeUInt32BE(1 + Math.floor(sent / EXPORTERS), 12)
      emit(sockets[exporter] as Socket, each.bytes)
      truth.datagrams++
      truth.flows += RECORDS
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

/** Header of RFC 3954 §5.1; the times are written when it is sent. */
function header(count: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  bytes.writeUInt16BE(9, 0)
  bytes.writeUInt16BE(count, 2)
  bytes.writeUInt32BE(UPTIME_MS, 4)
  bytes.writeUInt32BE(1, 16)
  return bytes
}

function template(): Buffer {
  const bytes = header(1, 20 + 8 + TEMPLATE.length * 4)
  bytes.writeUInt32BE(Math.floor(Date.now() / 1000), 8)
  bytes.writeUInt16BE(8 + TEMPLATE.length * 4, 22)
  bytes.writeUInt16BE(256, 24)
  bytes.writeUInt16BE(TEMPLATE.length, 26)
  for (const [i, [element, length]] of TEMPLATE.entries()) {
    bytes.writeUInt16BE(element, 28 + i * 4)
    bytes.writeUInt16BE(length, 30 + i * 4)
  }
  return bytes
}

/** Clients spread evenly, servers heavy-tailed; sizes, durations and ports as real traffic has them. */
function datagram(random: () => number): Prepared {
  const bytes = header(RECORDS, 20 + 4 + RECORDS * RECORD_BYTES + ((4 - ((RECORDS * RECORD_BYTES) % 4)) % 4))
  bytes.writeUInt16BE(256, 20)
  bytes.writeUInt16BE(bytes.length - 20, 22)
  let octets = 0
  let packets = 0
  const services = [443, 443, 443, 443, 80, 53, 53, 22, 993, 445, 5432, 123, 8443, 3389]
  for (let r = 0; r < RECORDS; r++) {
    const client = 0x0a000000 + Math.floor(random() * 50_000)
    const server = 0xc6120000 + Math.floor(150_000 ** random())
    const fromServer = random() < 0.5
    const port = services[Math.floor(random() * services.length)] as number
    const high = 32_768 + Math.floor(random() * 28_000)
    const udp = port === 53 || port === 123
    const n = udp ? 1 + Math.floor(random() * 3) : Math.ceil(1 / random())
    const count = Math.min(n, 500_000)
    const size = udp
      ? 60 + Math.floor(random() * 200)
      : fromServer
        ? 900 + Math.floor(random() * 600)
        : 40 + Math.floor(random() * 150)
    const duration = count > 1 ? Math.floor(random() ** 2 * 60_000) : 0
    const last = UPTIME_MS - Math.floor(random() * 4000)
    let at = 24 + r * RECORD_BYTES
    const put = (value: number, length: number) => {
      bytes.writeUIntBE(value, at, length)
      at += length
    }
    put(count * size, 4)
    put(count, 4)
    put(udp ? 17 : 6, 1)
    put(0, 1)
    put(udp ? 0 : 0x1b, 1)
    put(fromServer ? port : high, 2)
    put(fromServer ? server : client, 4)
    put(fromServer ? 16 : 24, 1)
    put(fromServer ? 49 : 10_101 + (client % 48), 4)
    put(fromServer ? high : port, 2)
    put(fromServer ? client : server, 4)
    put(fromServer ? 24 : 16, 1)
    put(fromServer ? 10_101 + (client % 48) : 49, 4)
    put(0x0a000001 + (client % 16), 4)
    put(fromServer ? 15_169 + (server % 40) : 64_512, 4)
    put(fromServer ? 64_512 : 15_169 + (server % 40), 4)
    put(last, 4)
    put(last - duration, 4)
    put(100 + (client % 16), 2)
    put(100 + (client % 16), 2)
    put(fromServer ? 1 : 0, 1)
    octets += count * size
    packets += count
  }
  return { bytes, octets, packets }
}

async function open(address: string, port: number): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', sendBufferSize: 4 << 20 })
  await new Promise<void>((resolve) => socket.bind(0, address, resolve))
  await new Promise<void>((resolve) => socket.connect(port, '127.0.0.1', resolve))
  return socket
}

/** Mulberry32: the same pool each time. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [port, rate, seconds] = process.argv.slice(2).map(Number) as [number, number, number]
  process.stdout.write(`${JSON.stringify(await send(port, rate, seconds))}\n`)
}
