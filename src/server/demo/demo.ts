/** The demo as a stream of datagrams: what all routers of the company send, second by second. */
import { ROUTERS, type Router } from './network.ts'
import type { FlowRecord } from './record.ts'
import { openSession } from './sessions/index.ts'
import { Traffic, type TrafficOptions } from './traffic.ts'

export interface DemoDatagram {
  readonly router: Router
  /** When it is sent, milliseconds since 1970. */
  readonly timeMs: number
  readonly bytes: Uint8Array
}

export class Demo {
  private readonly traffic: Traffic
  /** Of each router. */
  private readonly sessions: readonly ReturnType<typeof openSession>[]
  private readonly add = (record: Readonly<FlowRecord>): void => this.sessions[record.router.index]?.add(record)
  private readonly exportEvery: number
  private nextSecond: number

  /** `exportEvery`: routers send every so many seconds; fewer, fuller datagrams. */
  constructor(options: TrafficOptions, exportEvery = 1) {
    this.exportEvery = exportEvery
    this.traffic = new Traffic(options)
    this.sessions = ROUTERS.map((router) => openSession(router, options.startMs))
    // Routers tell of a second when it is over.
    this.nextSecond = Math.floor(options.startMs / 1000) + 1
  }

  /** Datagrams of the next second, spread over it and in order of time. The first is the one after `startMs`. */
  second(): DemoDatagram[] {
    const seconds = this.nextSecond++
    this.traffic.second(this.add)
    const datagrams: DemoDatagram[] = []
    if (seconds % this.exportEvery !== 0) return datagrams
    for (const router of ROUTERS) {
      const messages = this.sessions[router.index]?.flush(seconds) ?? []
      for (const [i, bytes] of messages.entries())
        datagrams.push({ router, timeMs: seconds * 1000 + Math.floor((1000 * i) / messages.length), bytes })
    }
    return datagrams.sort((a, b) => a.timeMs - b.timeMs)
  }
}
