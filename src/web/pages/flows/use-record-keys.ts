/** Which record the keyboard stands on: J and K (in the table the arrows too) move, Enter opens. It stays on its record when the rows change. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { recordAt, recordKey } from './record.ts'
import type { FlowPages } from './use-flow-pages.ts'

interface Place {
  readonly index: number
  readonly key: string
}

/** `opened` is the key of the record whose details are open; it moves along. */
export function useRecordKeys(loaded: FlowPages | undefined, opened: string, open: (key: string) => void) {
  const [place, setPlace] = useState<Place>({ index: -1, key: opened })
  const count = loaded?.rows.length ?? 0
  const keyAt = useCallback(
    (index: number) => (loaded?.rows[index] ? recordKey(recordAt(loaded.columns, loaded.rows[index])) : ''),
    [loaded],
  )
  const current = place.key !== '' && keyAt(place.index) === place.key ? place.index : findKey(count, keyAt, place.key)

  const stand = useCallback(
    (index: number, opening: boolean) => {
      const key = keyAt(index)
      if (key === '') return
      setPlace({ index, key })
      if (opening) open(key)
    },
    [keyAt, open],
  )
  const move = useCallback(
    (step: number) => stand(current < 0 ? 0 : Math.min(count - 1, Math.max(0, current + step)), opened !== ''),
    [stand, current, count, opened],
  )

  const latest = useRef({ move, stand, current })
  useEffect(() => {
    latest.current = { move, stand, current }
  }, [move, stand, current])
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isBusy(event)) return
      if (event.key === 'j' || (event.key === 'ArrowDown' && isTable(event))) latest.current.move(1)
      else if (event.key === 'k' || (event.key === 'ArrowUp' && isTable(event))) latest.current.move(-1)
      else if (event.key === 'Enter' && latest.current.current >= 0 && !isControl(event))
        latest.current.stand(latest.current.current, true)
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])

  return { current, move, stand }
}

function findKey(count: number, keyAt: (index: number) => string, key: string): number {
  if (key === '') return -1
  for (let index = 0; index < count; index++) if (keyAt(index) === key) return index
  return -1
}

/** Somebody types, or a menu or dialog has the keys. */
function isBusy(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0]
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="menu"]') !== null)
  )
}

/** The arrows move only where the table itself has the focus. */
function isTable(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0]
  return target instanceof HTMLElement && target.dataset['records'] !== undefined
}

/** Enter belongs to the control that has the focus. */
function isControl(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0]
  return (
    target instanceof HTMLElement && target.closest('a, button, summary, [role="application"], [role="radio"]') !== null
  )
}
