/** UDP sockets as a source. */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { WeirError } from '../../../shared/api/errors.ts'
import { formatAddress, readListener } from '../../config/address.ts'
import type { ListenerStatus } from '../../messages.ts'
import { DropReader, type Bound } from './udp-drops.ts'

export interface UdpOptions {
  readonly receiveBufferBytes: number
  /** Told of every datagram; must return within a few milliseconds, for the kernel's buffer holds no more. */
  readonly receive: (bytes: Uint8Array, address: string, port: number) => void
  readonly log: (level: 'info' | 'warn', message: string) => void
}

export class UdpListener {
  /** With the real port, where 0 was asked for. */
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
      throw explain(url, port, error as NodeJS.ErrnoException)
    }
    // What the kernel says of single datagrams (ICMP errors, for one) is no reason to stop listening.
    socket.on('error', (error) => options.log('warn', `listener ${url}: ${error.message}`))
    socket.on('message', (bytes: Buffer, from: RemoteInfo) => options.receive(bytes, from.address, from.port))
    return new UdpListener(socket, options)
  }

  /** Datagrams that the kernel dropped since the last call, for want of room in the socket's buffer. */
  newDrops(): number {
    return this.drops.read()
  }

  status(): ListenerStatus {
    return { url: this.url, receiveBufferAsked: this.asked, receiveBufferGot: this.got, kernelDrops: this.drops.total }
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

function explain(url: string, port: number, error: NodeJS.ErrnoException): WeirError {
  const other = port === 0 ? url : url.replace(/:\d+\/?$/, `:${port < 60_000 ? port + 10_000 : port - 10_000}`)
  if (error.code === 'EADDRINUSE') {
    return new WeirError(
      'portTaken',
      `listener ${url}: address in use; another collector is running, or choose --listen ${other}`,
      { url },
    )
  }
  if (error.code === 'EACCES') {
    return new WeirError(
      'failed',
      `listener ${url}: not permitted to listen below port 1024; choose --listen ${other}`,
      { url },
    )
  }
  if (error.code === 'EADDRNOTAVAIL') {
    return new WeirError(
      'badOption',
      `listener ${url}: this machine has no such address; choose one of its own, or --listen udp://0.0.0.0:${port}`,
      { url },
    )
  }
  return new WeirError('failed', `listener ${url}: ${error.message}`, { url })
}
