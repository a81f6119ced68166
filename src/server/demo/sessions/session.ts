import type { FlowRecord } from '../record.ts'

/** One router's talk with the collector: records become datagrams. Keeps what its protocol makes it keep: sequence, boot. */
export interface Session {
  /** Takes a record in; it may change afterwards. */
  add(record: Readonly<FlowRecord>): void
  /** Datagrams with all that was added, sent at a full second; templates go along when they are due. */
  flush(seconds: number): Uint8Array[]
}

/** Datagrams stay within an Ethernet frame. */
export const DATAGRAM_BYTES = 1400

const UPTIME_WRAPS = 2 ** 32
/** Every router had been running so long when the demo began. */
const RUNNING_MS = 12 * 86_400_000

/** When routers booted, by the whole second at which their traffic begins. */
export function bootMs(startMs: number): number {
  return Math.floor(startMs / 1000) * 1000 - RUNNING_MS
}

/** Milliseconds since boot, in 32 bits, which are full after 49 days. */
export function uptime(timeMs: number, boot: number): number {
  return (timeMs - boot) % UPTIME_WRAPS
}
