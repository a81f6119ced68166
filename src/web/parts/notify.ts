/** Short words at the edge of the page about what was just done. */
import { useSyncExternalStore } from 'react'

interface Said {
  readonly id: number
  readonly message: string
}

const SAID_MS = 3000

let present: readonly Said[] = []
let last = 0
const listeners = new Set<() => void>()

/** Says it for a few seconds. */
export function notify(message: string): void {
  const said = { id: ++last, message }
  set([...present, said])
  setTimeout(() => set(present.filter((each) => each !== said)), SAID_MS)
}

export function useSaid(): readonly Said[] {
  return useSyncExternalStore(subscribe, () => present)
}

function set(next: readonly Said[]): void {
  present = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
