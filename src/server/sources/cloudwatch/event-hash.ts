/**
 * What an event is known by: 64 bits of its group and its id, which CloudWatch Logs makes of 56 digits that differ little.
 * The numbers are in stores: they must never change.
 */
import { createHash } from 'node:crypto'

export class EventHash {
  /** Of the event that was given last. */
  high = 0
  low = 0
  private readonly startHigh: number
  private readonly startLow: number

  constructor(group: string) {
    const digest = createHash('sha256').update(group).digest()
    this.startHigh = digest.readUInt32LE(0)
    this.startLow = digest.readUInt32LE(4)
  }

  /** Of the id in `bytes[from, to)`. Each step can be undone, so that no two ids meet on the way because they begin alike. */
  take(bytes: Uint8Array, from: number, to: number): void {
    let high = this.startHigh
    let low = this.startLow
    for (let i = from; i < to; i++) {
      const octet = bytes[i] as number
      high = Math.imul(((high << 5) | (high >>> 27)) ^ octet, 0x9e3779b1)
      low = Math.imul(((low << 11) | (low >>> 21)) ^ octet ^ high, 0x85ebca6b)
    }
    for (let round = 0; round < 2; round++) {
      high ^= low >>> 15
      high = Math.imul(high ^ (high >>> 16), 0xc2b2ae35)
      low ^= high >>> 13
      low = Math.imul(low ^ (low >>> 16), 0x27d4eb2f)
    }
    this.high = (high ^ (high >>> 15)) >>> 0
    this.low = (low ^ (low >>> 15)) >>> 0
  }
}
