/** How many datagrams the kernel has dropped for want of room in a socket's buffer (Linux: /proc/net/udp and udp6). */
import { readFileSync } from 'node:fs'
import { endianness } from 'node:os'
import { parseIp } from '../../../shared/schema/ip.ts'

export interface Bound {
  readonly address: string
  readonly port: number
  readonly family: string
}

export class DropReader {
  /** Since the socket was opened. */
  total = 0
  private readonly file: string
  private readonly key: string

  constructor(bound: Bound) {
    this.file = bound.family === 'IPv6' ? '/proc/net/udp6' : '/proc/net/udp'
    this.key = socketKey(bound)
  }

  /** What has been dropped since the last call; 0 where the system does not say. */
  read(): number {
    let text: string
    try {
      text = readFileSync(this.file, 'latin1')
    } catch {
      return 0
    }
    const before = this.total
    this.total = Math.max(before, dropsOf(text, this.key))
    return this.total - before
  }
}

/**
 * The `drops` column (the last) of the lines of a socket, added up. Columns: number, local address and port, remote ones,
 * state, queues, timer, retransmissions, user, timeout, inode, references, pointer, drops. A socket bound to an
 * address and port without SO_REUSEADDR is the only one there.
 */
export function dropsOf(text: string, key: string): number {
  let drops = 0
  let at = text.indexOf(` ${key} `)
  while (at >= 0) {
    const end = text.indexOf('\n', at)
    const line = end < 0 ? text.slice(at) : text.slice(at, end)
    const columns = line.trim().split(/\s+/)
    // Counted from the local address; a match in the remote column is none.
    if (columns.length === 12) drops += Number(columns[11])
    at = text.indexOf(` ${key} `, at + 1)
  }
  return drops
}

/** Local address and port as the kernel writes them: each 32-bit word of the address in the machine's byte order, in hex. */
export function socketKey(bound: Bound, order = endianness()): string {
  const value = parseIp(bound.address) ?? 0n
  const words = bound.family === 'IPv6' ? [96n, 64n, 32n, 0n] : [0n]
  const address = words
    .map((shift) => ((value >> shift) & 0xffffffffn).toString(16).padStart(8, '0'))
    .map((word) => (order === 'LE' ? word.replace(/(..)(..)(..)(..)/, '$4$3$2$1') : word))
    .join('')
  return `${address}:${bound.port.toString(16).padStart(4, '0')}`.toUpperCase()
}
