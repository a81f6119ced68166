/** Whose question runs next: clients take turns, so that one who asks much holds up himself and not the others. */
import { WeirError } from '../../../../shared/api/errors.ts'
import { cancelled } from './sharing.ts'

/**
 * Questions that run at the same time; the others wait. One more may, of a client that has none running: it need not wait
 * for two long ones of another. libuv has four threads for calls into the database: one must stay free for the next commit.
 */
const READERS = 2
const GUESTS = 1
/** Questions that may wait; more are refused at once. */
export const MOST_WAITING = 512

export class Turns {
  private readonly running = new Map<string, number>()
  private busy = 0
  /** Those who wait, by client, in their order; the client whose turn was last stands last. */
  private readonly waiting = new Map<string, Set<() => void>>()
  private waiters = 0

  /** Resolves when it is the client's turn; `end` must follow. Rejects with `cancelled` once `signal` fires, and with `storeUnavailable` where too many wait already. */
  async begin(client: string, signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw cancelled()
    if (!this.waiting.has(client) && this.mayRun(client)) {
      this.start(client)
      return
    }
    if (this.waiters >= MOST_WAITING)
      throw new WeirError(
        'storeUnavailable',
        `${MOST_WAITING} questions wait for an answer already; ask again in a moment, for shorter ranges or less often`,
      )
    await this.wait(client, signal)
  }

  /** A question of the client has ended: others may begin. */
  end(client: string): void {
    this.busy--
    const left = (this.running.get(client) ?? 1) - 1
    if (left > 0) this.running.set(client, left)
    else this.running.delete(client)
    for (;;) {
      const next = [...this.waiting.keys()].find((each) => this.mayRun(each))
      if (next === undefined) return
      this.passTo(next)
    }
  }

  private mayRun(client: string): boolean {
    return this.busy < READERS || (this.busy < READERS + GUESTS && !this.running.has(client))
  }

  private start(client: string): void {
    this.busy++
    this.running.set(client, (this.running.get(client) ?? 0) + 1)
  }

  private passTo(client: string): void {
    const own = this.waiting.get(client) ?? new Set()
    const [take] = own
    this.waiting.delete(client)
    if (!take) return
    own.delete(take)
    if (own.size > 0) this.waiting.set(client, own)
    this.waiters--
    this.start(client)
    take()
  }

  private wait(client: string, signal: AbortSignal): Promise<void> {
    const own = this.waiting.get(client) ?? new Set()
    this.waiting.set(client, own)
    this.waiters++
    return new Promise((resolve, reject) => {
      const take = () => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        own.delete(take)
        this.waiters--
        if (own.size === 0) this.waiting.delete(client)
        reject(cancelled())
      }
      own.add(take)
      signal.addEventListener('abort', leave, { once: true })
    })
  }
}
