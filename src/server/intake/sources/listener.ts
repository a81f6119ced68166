import type { ListenerStatus } from '../../messages.ts'

/** An address that exporters send to. */
export interface Listener {
  /** With the real port, where 0 was asked for. */
  readonly url: string
  status(): ListenerStatus
  /** Datagrams that the kernel dropped since the last call. */
  newDrops(): number
  close(): Promise<void>
}
