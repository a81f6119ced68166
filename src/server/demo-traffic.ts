/** Demo traffic at the press of a button: real datagrams to this server's own listener. */
import { WeirError } from '../shared/api/errors.ts'
import { readListener } from './config/address.ts'

/** Always the same company. */
const SEED = 1

export interface DemoState {
  readonly running: boolean
  readonly flowsPerSecond: number
}

export class Demo {
  private readonly listeners: readonly string[]
  private sender: { stop(): Promise<void> } | null = null
  private flowsPerSecond = 0
  /** Starts and stops come one after the other. */
  private turn: Promise<unknown> = Promise.resolve()

  /** `listeners`: URLs that this server listens on. */
  constructor(listeners: readonly string[]) {
    this.listeners = listeners
  }

  state(): DemoState {
    return { running: this.sender !== null, flowsPerSecond: this.flowsPerSecond }
  }

  /** Starts anew where it runs at another rate. */
  start(flowsPerSecond: number): Promise<DemoState> {
    return this.next(async () => {
      if (this.sender && this.flowsPerSecond === flowsPerSecond) return
      await this.end()
      const url = this.listeners[0]
      if (url === undefined)
        throw new WeirError(
          'badRequest',
          'this server has no listener to send demo traffic to; start it with --listen udp://127.0.0.1:2055',
        )
      const { host, port } = readListener(url)
      const { startDemo } = await import('./demo/start.ts')
      this.sender = await startDemo({ host: reachable(host), port, flowsPerSecond, seed: SEED })
      this.flowsPerSecond = flowsPerSecond
    })
  }

  stop(): Promise<DemoState> {
    return this.next(() => this.end())
  }

  private next(does: () => Promise<void>): Promise<DemoState> {
    const done = this.turn.then(does).then(() => this.state())
    this.turn = done.catch(() => undefined)
    return done
  }

  private async end(): Promise<void> {
    const sender = this.sender
    this.sender = null
    this.flowsPerSecond = 0
    await sender?.stop()
  }
}

/** Where a listener on any address is reached from this machine. */
function reachable(host: string): string {
  return host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
}
