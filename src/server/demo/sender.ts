/** Live demo traffic: the routers' datagrams, sent when they are due. */
import { createSocket, type Socket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { isIPv6 } from 'node:net'
import { WeirError } from '../../shared/api/errors.ts'
import { Demo, type DemoDatagram } from './demo.ts'
import { liveIncidents, type Incident } from './incidents.ts'
import { ROUTERS, type Router } from './network.ts'

export interface SenderOptions {
  readonly host: string
  readonly port: number
  /** Flow records of all routers together, on average over the first quarter of an hour. */
  readonly flowsPerSecond: number
  readonly seed: number
}

const TICK_MS = 40
const AVERAGE_MS = 900_000
/** Rounds of incidents, two hours each: a month. */
const ROUNDS = 360
/** Routers send from 127.0.1.11, 127.0.1.12 … to a collector on this machine: all of 127.0.0.0/8 is its own on Linux. */
const FIRST_LOOPBACK = 11

export class DemoSender {
  readonly incidents: readonly Incident[]
  /** Where each router sends from; null where all have one address and differ by their observation domain only. */
  readonly addresses: ReadonlyMap<Router, string> | null
  datagrams = 0
  private readonly sockets: ReadonlyMap<Router, Socket>
  private readonly host: string
  private readonly port: number
  private readonly demo: Demo
  private readonly timer: NodeJS.Timeout
  private queue: DemoDatagram[] = []
  /** Milliseconds since 1970 up to which the queue was filled. */
  private filledMs: number

  /** Starts at once. Rejects with `failed` where the host has no address. */
  static async open(options: SenderOptions): Promise<DemoSender> {
    const host = await addressOf(options.host)
    const each = host.startsWith('127.') && process.platform === 'linux' ? await socketForEach() : null
    if (each) return new DemoSender(options, host, each.sockets, each.addresses)
    const socket = await bind(isIPv6(host) ? '::' : '0.0.0.0')
    return new DemoSender(options, host, new Map(ROUTERS.map((router) => [router, socket])), null)
  }

  private constructor(
    options: SenderOptions,
    host: string,
    sockets: ReadonlyMap<Router, Socket>,
    addresses: ReadonlyMap<Router, string> | null,
  ) {
    this.host = host
    this.port = options.port
    this.sockets = sockets
    this.addresses = addresses
    this.filledMs = Math.floor(Date.now() / 1000) * 1000
    const startMs = this.filledMs - 1000
    this.incidents = liveIncidents(startMs + 1000, ROUNDS)
    this.demo = new Demo({
      seed: options.seed,
      flowsPerSecond: options.flowsPerSecond,
      startMs,
      averageToMs: startMs + AVERAGE_MS,
      incidents: this.incidents,
    })
    this.timer = setInterval(() => this.tick(), TICK_MS)
    this.tick()
  }

  /** Sends nothing more; resolves when the sockets are closed. */
  async stop(): Promise<void> {
    clearInterval(this.timer)
    await Promise.all(
      [...new Set(this.sockets.values())].map((socket) => new Promise<void>((resolve) => socket.close(resolve))),
    )
  }

  private tick(): void {
    const nowMs = Date.now()
    while (this.filledMs <= nowMs) {
      this.queue.push(...this.demo.second())
      this.filledMs += 1000
    }
    let sent = 0
    for (const { router, timeMs, bytes } of this.queue) {
      if (timeMs > nowMs) break
      // Nobody listening there is no reason to stop: a collector may start again.
      this.sockets.get(router)?.send(bytes, this.port, this.host, () => undefined)
      sent++
    }
    this.queue.splice(0, sent)
    this.datagrams += sent
  }
}

async function addressOf(host: string): Promise<string> {
  try {
    return (await lookup(host)).address
  } catch {
    throw new WeirError('failed', `${host}: no such host; write an address or a name that this machine knows`)
  }
}

/** A socket for each router, or null where the machine does not let it bind to all of 127.0.0.0/8. */
async function socketForEach(): Promise<{ sockets: Map<Router, Socket>; addresses: Map<Router, string> } | null> {
  const sockets = new Map<Router, Socket>()
  const addresses = new Map<Router, string>()
  try {
    for (const [i, router] of ROUTERS.entries()) {
      const address = `127.0.1.${FIRST_LOOPBACK + i}`
      sockets.set(router, await bind(address))
      addresses.set(router, address)
    }
    return { sockets, addresses }
  } catch {
    for (const socket of sockets.values()) socket.close()
    return null
  }
}

function bind(address: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
    socket.once('error', reject)
    socket.bind(0, address, () => {
      socket.off('error', reject)
      socket.on('error', () => undefined)
      resolve(socket)
    })
  })
}
