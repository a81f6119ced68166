/**
 * The time by which data is called old. A wall clock that leaps ahead (a battery that died, a wrong time server) would have all of
 * it deleted at once, so what leaps is not believed before it has stood for a day.
 */
import { formatDuration } from '../../../../shared/schema/units.ts'
import type { Log } from '../files/partitions.ts'

/** More ahead of the time that has gone by, and it leapt. */
const LEAP_MS = 3_600_000
const BELIEVED_AFTER_MS = 86_400_000

export class SteadyClock {
  private readonly wall: () => number
  private readonly uptime: () => number
  private readonly log: Log
  /** What the wall clock is ahead of the uptime, as it is believed. */
  private ahead: number
  /** Uptime when the leap was seen; null while there is none. */
  private leaptAt: number | null = null

  /** Both in milliseconds; `uptime` only ever goes by. */
  constructor(wall: () => number, uptime: () => number, log: Log) {
    this.wall = wall
    this.uptime = uptime
    this.log = log
    this.ahead = wall() - uptime()
  }

  /** Epoch milliseconds. A clock that is set back is believed at once: nothing is deleted sooner for it. */
  now(): number {
    const [wall, uptime] = [this.wall(), this.uptime()]
    const leap = wall - uptime - this.ahead
    if (leap <= LEAP_MS || (this.leaptAt !== null && uptime - this.leaptAt >= BELIEVED_AFTER_MS)) {
      this.ahead = wall - uptime
      this.leaptAt = null
      return wall
    }
    if (this.leaptAt === null) {
      this.leaptAt = uptime
      this.log(
        'warn',
        `the clock of this machine leapt ahead by ${formatDuration(leap)}; nothing is deleted for its age by the new time before it has stood for a day. Set the clock right if it is wrong`,
      )
    }
    return uptime + this.ahead
  }
}
