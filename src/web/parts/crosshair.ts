/** The time that is pointed at, shared by all charts of the page. */
import { useSyncExternalStore } from 'react'

interface Crosshair {
  readonly time: number
  /** The chart that is pointed at. */
  readonly chart: string
}

let present: Crosshair | null = null
const listeners = new Set<() => void>()

export function pointAt(at: Crosshair | null): void {
  present = at
  for (const listener of listeners) listener()
}

export function useCrosshair(): Crosshair | null {
  return useSyncExternalStore(subscribe, () => present)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
