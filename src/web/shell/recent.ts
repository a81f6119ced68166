import { useRef } from 'react'

const KEPT = 60

/** The last values of a figure, oldest first, one each time that it was read. */
export function useRecent(value: number | null, readAt: number): readonly (number | null)[] {
  const kept = useRef<{ readonly at: number; readonly values: readonly (number | null)[] }>({ at: 0, values: [] })
  if (readAt > kept.current.at) kept.current = { at: readAt, values: [...kept.current.values, value].slice(-KEPT) }
  return kept.current.values
}
