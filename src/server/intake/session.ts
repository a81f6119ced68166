/**
 * A transport session: templates, rates and sequence numbers hold within it (RFC 7011 §8, §10). All datagrams from one
 * address are one session, whatever their source ports, as a restarted exporter is no stranger; each connection of TCP
 * or TLS is one.
 */
import type { Domain } from './decoders/domain.ts'
import type { Exporter } from './exporter.ts'

export class Session {
  /** The source port that it is of; 0 for all ports of an address. */
  readonly port: number
  /** Whether it is a connection: what was told over it ends with it. */
  readonly isConnection: boolean
  /** By protocol and number; see NetflowState. */
  readonly domains = new Map<number, Domain>()
  /** The domain of the last message. */
  lastUsed: Domain | undefined
  /** Who sends in it; null before the first message. */
  exporter: Exporter | null = null

  constructor(port: number, isConnection: boolean) {
    this.port = port
    this.isConnection = isConnection
  }
}
