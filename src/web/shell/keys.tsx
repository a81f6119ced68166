/** The keys that work on every page, except while one types. */
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useView } from '../app/search.ts'
import { liveOf, rangeOf, shifted, zoomedOut } from '../data/range.ts'
import { shellCommand } from './commands.ts'
import { PAGES } from './pages.tsx'

/** How long after `g` a page's letter may come. */
const CHORD_MS = 1200
const REFRESH_MS = 5000

export function useKeys(): void {
  const [view, setView] = useView()
  const navigate = useNavigate()
  const chord = useRef(0)

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        return shellCommand('jump')
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return
      if (chord.current > Date.now() - CHORD_MS) {
        chord.current = 0
        const page = PAGES.find(({ key }) => key === event.key)
        if (page) {
          event.preventDefault()
          void navigate({ to: page.path })
        }
        return
      }
      const action = actions[event.key]
      if (!action) return
      event.preventDefault()
      action()
    }
    const actions: Record<string, (() => void) | undefined> = {
      '/': () => shellCommand('query'),
      t: () => shellCommand('time'),
      '?': () => shellCommand('keys'),
      '.': () =>
        setView(rangeOf(view.from, view.to).live ? { refreshMs: view.refreshMs > 0 ? 0 : REFRESH_MS } : liveOf(view)),
      '[': () => setView(shifted(view, -1)),
      ']': () => setView(shifted(view, 1)),
      z: () => setView(zoomedOut(view)),
      g: () => (chord.current = Date.now()),
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [view, setView, navigate])
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0]
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="menu"]') !== null
}
