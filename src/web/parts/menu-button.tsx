/** A button that opens a menu. The menu itself is fetched when the pointer or the focus first comes near. */
import { lazy, Suspense, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { useAnchor } from './use-anchor.ts'

export interface MenuEntry {
  readonly label: string
  readonly icon?: ReactNode
  /** Grey, at the right: a key, a count. */
  readonly hint?: string | undefined
  readonly onSelect?: () => void
  /** Leaves the page, in a new tab. */
  readonly href?: string
  /** One of several is chosen. */
  readonly checked?: boolean
  readonly disabled?: boolean
  /** Only words above a group of entries. */
  readonly heading?: boolean
}

const load = () => import('./floating-menu.tsx')
const FloatingMenu = lazy(load)

/** Fetches the menu's code ahead of its first use. */
export function preloadMenu(): void {
  void load()
}

interface MenuButtonProps {
  readonly label: string
  readonly entries: readonly MenuEntry[]
  readonly children: ReactNode
  readonly small?: boolean
  readonly className?: string | undefined
  /** The pointer or the focus came near: what the entries need can be asked for. */
  readonly onNear?: () => void
}

export function MenuButton({ label, entries, children, small = false, className, onNear }: MenuButtonProps) {
  const { anchor, close, handlers } = useAnchor()
  const near = () => {
    preloadMenu()
    onNear?.()
  }
  return (
    <>
      <Button
        {...(className === undefined ? { variant: 'subtle', icon: true, small } : {})}
        className={className}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onPointerEnter={near}
        onFocus={near}
        {...handlers}
      >
        {children}
      </Button>
      {anchor ? (
        <Suspense>
          <FloatingMenu anchor={anchor} entries={entries} label={label} onClose={close} />
        </Suspense>
      ) : null}
    </>
  )
}
