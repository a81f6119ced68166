/** Details of one thing, at the right of what it was chosen from. Escape closes it and the focus goes back. */
import { IconX } from '@tabler/icons-react'
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { TEXTS } from '../texts.ts'
import { Button } from './button.tsx'
import styles from './drawer.module.css'

interface DrawerProps {
  readonly title: string
  /** Beside the title. */
  readonly tags?: ReactNode
  /** Buttons before the one that closes. */
  readonly actions?: ReactNode
  readonly foot?: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
  /** Lies over the page at any width; otherwise it stands beside its neighbours where there is room. */
  readonly over?: boolean
  /** The focus moves into it when it opens; not where the keyboard goes on moving in the list beside it. */
  readonly takeFocus?: boolean
}

export function Drawer({ title, tags, actions, foot, onClose, children, over = false, takeFocus = true }: DrawerProps) {
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!takeFocus) return undefined
    const before = document.activeElement
    heading.current?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [takeFocus])
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.composedPath()[0]
      const busy =
        target instanceof Element &&
        target.closest('input, textarea, select, [role="menu"], [role="dialog"], [role="application"]') !== null
      if (event.key === 'Escape' && !event.defaultPrevented && !busy) onClose()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [onClose])
  return (
    <aside className={`${styles['drawer']} ${over ? styles['over'] : ''}`} aria-labelledby={id}>
      <header className={styles['head']}>
        <h2 ref={heading} id={id} tabIndex={-1} className={styles['title']}>
          {title}
        </h2>
        {tags ? <span className={styles['tags']}>{tags}</span> : null}
        <span className={styles['actions']}>
          {actions}
          <Button icon small variant="subtle" aria-label={TEXTS.drawer.close(title)} onClick={onClose}>
            <IconX size={16} aria-hidden />
          </Button>
        </span>
      </header>
      <div className={styles['body']}>{children}</div>
      {foot ? <footer className={styles['foot']}>{foot}</footer> : null}
    </aside>
  )
}
