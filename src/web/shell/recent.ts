import { useState } from 'react'

const KEPT = 60

/** The last values of a figure, oldest first, one each time that it was read. */
export function useRecent(value: number | null, readAt: number): readonly (number | null)[] {
  const [kept, setKept] = useState<{ readonly at: number; readonly values: readonly (number | null)[] }>({
    at: 0,
    values: [],
  })
  if (readAt > kept.at) setKept({ at: readAt, values: [...kept.values, value].slice(-KEPT) })
  return kept.values
}
