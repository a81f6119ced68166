/** What is known of the network interfaces of a cloud, and how it changed: records of last week have the names of last week. */
import { z } from 'zod'
import { knownInterface, type cloudInterface } from '../../../shared/api/cloud-interfaces.ts'

export type CloudInterface = z.output<typeof cloudInterface>
export type KnownInterface = z.output<typeof knownInterface>

/** Past it the ones that were heard of first go. */
const MOST_INTERFACES = 20_000
/** States of one that are remembered, the newest of them. */
const MOST_STATES = 16

export class InterfaceBook {
  /** Grows when something is not as it was. */
  generation = 0
  /** States by id, the oldest first. */
  private readonly known = new Map<string, KnownInterface[]>()

  /** What the cloud says now. */
  take(found: readonly CloudInterface[], nowMs: number): void {
    for (const each of found) this.add({ ...each, sinceMs: nowMs, seenMs: nowMs })
  }

  /** How each was then; one that was not heard of yet, as it was first. */
  at(atMs: number): KnownInterface[] {
    return Array.from(this.known.values(), (states) => {
      const then = states.findLast(({ sinceMs }) => sinceMs <= atMs)
      return then ?? (states[0] as KnownInterface)
    })
  }

  /** All of it, as JSON may have it. */
  saved(): unknown {
    return [...this.known.values()].flat()
  }

  /** Takes what `saved` gave; what is not as it writes it is left out. */
  load(saved: unknown): void {
    if (!Array.isArray(saved)) return
    for (const each of saved as unknown[]) {
      const { data } = knownInterface.safeParse(each)
      if (data !== undefined) this.add(data)
    }
  }

  private add(state: KnownInterface): void {
    let states = this.known.get(state.id)
    if (!states) {
      if (this.known.size >= MOST_INTERFACES) this.known.delete(this.known.keys().next().value as string)
      this.known.set(state.id, (states = []))
    }
    const last = states.at(-1)
    if (last && isSame(last, state)) last.seenMs = state.seenMs
    else {
      states.push(state)
      if (states.length > MOST_STATES) states.shift()
      this.generation++
    }
  }
}

function isSame(a: KnownInterface, b: KnownInterface): boolean {
  const plain = (state: KnownInterface) => JSON.stringify({ ...state, sinceMs: 0, seenMs: 0 })
  return plain(a) === plain(b)
}
