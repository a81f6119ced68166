/** UDP sockets as a source. */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { formatAddress, readListener } from '../../config/address.ts'
import type { ListenerStatus } from '../../messages.ts'
import { explainListener } from './explain.ts'
import type { Listener } from './listener.ts'
import { DropReader, type Bound } from './udp-drops.ts'

export interface UdpOptions {
  readonly receiveBufferBytes: number
  /** Told of every datagram; must return within a few milliseconds, for the kernel's buffer holds no more. */
  readonly receive: (bytes: Uint8Array, address: string, port: number) => void
  readonly log: (level: 'info' | 'warn', message: string) => void
}

export class UdpListener implements Listener {
  readonly url: string
  private readonly socket: Socket
  private readonly asked: number
  private readonly got: number
  private readonly drops: DropReader

  private constructor(socket: Socket, options: UdpOptions) {
    const bound = socket.address() as Bound
    this.socket = socket
    this.url = `udp://${formatAddress({ host: bound.address, port: bound.port })}`
    this.asked = options.receiveBufferBytes
    this.got = askForBuffer(socket, options.receiveBufferBytes)
    this.drops = new DropReader(bound)
    options.log('info', describe(this.url, this.asked, this.got))
  }

  /** Listens on `udp://HOST:PORT`. Throws `portTaken`, `badOption` or `failed`, with what to do. */
  static async open(url: string, options: UdpOptions, ipv6Only = false): Promise<UdpListener> {
    const { host, port } = readListener(url)
    const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4', ipv6Only })
    try {
      socket.bind({ address: host, port, exclusive: true })
      await once(socket, 'listening')
    } catch (error) {
      socket.close()
      throw explainListener(url, port, error as NodeJS.ErrnoException)
    }
    // What the kernel says of single datagrams (ICMP errors, for one) is no reason to stop listening.
    socket.on('error', (error) => options.log('warn', `listener ${url}: ${error.message}`))
    socket.on('message', (bytes: Buffer, from: RemoteInfo) => options.receive(bytes, from.address, from.port))
    return new UdpListener(socket, options)
  }

  newDrops(): number {
    return this.drops.read()
  }

  status(): ListenerStatus {
    return {
      url: this.url,
      receiveBufferAsked: this.asked,
      receiveBufferGot: this.got,
      kernelDrops: this.drops.total,
      connections: null,
      connectionsLimit: null,
    }
  }

  async close(): Promise<void> {
    const closed = once(this.socket, 'close')
    this.socket.close()
    await closed
  }
}

/** Asks for a receive buffer and says what was got, in bytes as they are asked for. */
function askForBuffer(socket: Socket, bytes: number): number {
  try {
    socket.setRecvBufferSize(bytes)
  } catch {
    // Some systems refuse what is more than their limit, where Linux gives less: the size stays as it is.
  }
  const size = socket.getRecvBufferSize()
  // Linux sets aside twice what was asked for, for its bookkeeping, and says so (socket(7), SO_RCVBUF).
  return process.platform === 'linux' ? size / 2 : size
}

function describe(url: string, asked: number, got: number): string {
  const line = `listening on ${url}, receive buffer ${got} bytes`
  if (got >= asked) return line
  const raise =
    process.platform === 'linux' ? `sysctl -w net.core.rmem_max=${asked}` : `the system's limit on socket buffers`
  return `${line} of ${asked} asked for; to raise it: ${raise}, then start Weir again`
}
