/** IPFIX over TCP and TLS (RFC 7011 §10.4) as a source. One listener serves many exporters, each connection one of them. */
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls'
import { once } from 'node:events'
import type { LossName } from '../../../shared/losses.ts'
import { formatAddress, readListener } from '../../config/address.ts'
import type { ListenerStatus, StreamSettings } from '../../messages.ts'
import { Session } from '../session.ts'
import { explainListener } from './explain.ts'
import { IpfixFramer } from './ipfix-framer.ts'
import type { Listener } from './listener.ts'
import { TlsFiles } from './tls-files.ts'

/** A peer that is gone without a word is found by probes after this time, and its connection closed. */
const PROBE_AFTER_MS = 60_000
/** How long a TLS handshake may take. */
const HANDSHAKE_MS = 10_000

export interface StreamOptions extends StreamSettings {
  /** Told of every message. Each connection is a transport session of its own. */
  readonly receive: (message: Uint8Array, address: string, port: number, session: Session) => void
  /** Told of the end of a transport session: its templates end with it (RFC 7011 §8). */
  readonly ended: (session: Session) => void
  /** Told of what is lost; `bytes` shows what came, empty where NOTHING did. */
  readonly lose: (loss: LossName, address: string, bytes: Uint8Array) => void
  readonly log: (level: 'info' | 'warn', message: string) => void
}

const NOTHING = new Uint8Array(0)

export class StreamListener implements Listener {
  readonly url: string
  private readonly server: Server
  private readonly options: StreamOptions
  private readonly tls: TlsFiles | null
  /** All connections, those in a TLS handshake too. */
  private readonly connected = new Set<Socket>()
  /** Those that are read from: with TLS, the deciphered side. */
  private readonly sockets = new Set<Socket>()
  private paused = false

  private constructor(scheme: string, server: Server, options: StreamOptions, tls: TlsFiles | null) {
    const bound = server.address() as AddressInfo
    this.url = `${scheme}://${formatAddress({ host: bound.address, port: bound.port })}`
    this.server = server
    this.options = options
    this.tls = tls
    options.log('info', `listening on ${this.url}, at most ${options.connections} connections`)
  }

  /** Listens on `tcp://HOST:PORT` or `tls://HOST:PORT`. Throws `portTaken`, `badOption` or `failed`, with what to do. */
  static async open(url: string, options: StreamOptions, ipv6Only = false): Promise<StreamListener> {
    const { scheme, host, port } = readListener(url)
    const tls = scheme === 'tls' ? TlsFiles.open(url, options.tls) : null
    const server = tls
      ? createTlsServer({
          ...tls.read(),
          handshakeTimeout: Math.min(HANDSHAKE_MS, options.idleMs),
          allowHalfOpen: false,
        })
      : createTcpServer({ allowHalfOpen: false })
    server.maxConnections = options.connections
    try {
      server.listen({ host, port, ipv6Only, exclusive: true })
      await once(server, 'listening')
    } catch (error) {
      throw explainListener(url, port, error as NodeJS.ErrnoException)
    }
    const listener = new StreamListener(scheme, server, options, tls)
    listener.accept()
    return listener
  }

  newDrops(): number {
    return 0
  }

  status(): ListenerStatus {
    return {
      url: this.url,
      receiveBufferAsked: 0,
      receiveBufferGot: 0,
      kernelDrops: 0,
      connections: this.connected.size,
      connectionsLimit: this.options.connections,
    }
  }

  /** Reads no more, so that the exporters' own buffers fill, until `resume`. */
  pause(): void {
    if (this.paused) return
    this.paused = true
    for (const socket of this.sockets) socket.pause()
  }

  resume(): void {
    if (!this.paused) return
    this.paused = false
    for (const socket of this.sockets) socket.resume()
  }

  async close(): Promise<void> {
    this.tls?.close()
    const closed = once(this.server, 'close')
    this.server.close()
    for (const socket of this.connected) socket.destroy()
    await closed
  }

  private accept(): void {
    const { server, options, tls } = this
    server.on('error', (error) => options.log('warn', `listener ${this.url}: ${error.message}`))
    server.on('connection', (socket: Socket) => {
      this.connected.add(socket)
      socket.on('close', () => this.connected.delete(socket))
    })
    server.on('drop', (from) => options.lose('stream.full', from?.remoteAddress ?? '', NOTHING))
    if (!tls) {
      server.on('connection', (socket: Socket) => this.serve(socket))
      return
    }
    server.on('secureConnection', (socket: Socket) => this.serve(socket))
    server.on('tlsClientError', (_error: Error, socket: Socket) => {
      options.lose('stream.tlsFailed', socket.remoteAddress ?? '', NOTHING)
      // Node leaves one open whose handshake takes too long.
      socket.destroy()
    })
    tls.onChange(this.url, options.log, (context) => (server as TlsServer).setSecureContext(context))
  }

  private serve(socket: Socket): void {
    const { options } = this
    const address = socket.remoteAddress
    // It has gone already.
    if (address === undefined) {
      socket.destroy()
      return
    }
    const port = socket.remotePort ?? 0
    const session = new Session(port, true)
    const framer = new IpfixFramer()
    let broken = false
    const take = (message: Uint8Array): void => options.receive(message, address, port, session)
    this.sockets.add(socket)
    socket.setKeepAlive(true, PROBE_AFTER_MS)
    socket.setTimeout(options.idleMs, () => socket.destroy())
    socket.on('data', (chunk: Buffer) => {
      if (framer.push(chunk, take)) return
      broken = true
      options.lose('stream.notIpfix', address, chunk)
      socket.destroy()
    })
    // A reset is an end like another.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.sockets.delete(socket)
      if (!broken && framer.waiting > 0) options.lose('stream.cut', address, NOTHING)
      options.ended(session)
    })
    if (this.paused) socket.pause()
  }
}
