import { useEffect, useRef, useState } from 'react'

export interface Delta {
  /** When the counter was read, epoch milliseconds. */
  readonly at: number
  /** By how much it had grown since the reading before. */
  readonly count: number
}

/** How much a counter grew between readings, as far back as `spanMs`. A counter that starts anew is not a loss. */
export function useDeltas(counter: number | undefined, at: number, spanMs: number): readonly Delta[] {
  const last = useRef<number | undefined>(undefined)
  const [deltas, setDeltas] = useState<readonly Delta[]>([])
  useEffect(() => {
    if (counter === undefined) return
    const before = last.current
    last.current = counter
    if (before === undefined) return
    setDeltas((now) => [...now.filter((one) => at - one.at < spanMs), { at, count: Math.max(0, counter - before) }])
  }, [counter, at, spanMs])
  return deltas
}
