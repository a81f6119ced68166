/** Anything that opens beside an element of the page and closes with Escape or a click elsewhere. */
import '@mantine/core/styles/Popover.css'
import { Popover } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './floating-panel.module.css'

interface FloatingPanelProps {
  readonly anchor: HTMLElement
  readonly label: string
  readonly onClose: () => void
  readonly children: ReactNode
}

export function FloatingPanel({ anchor, label, onClose, children }: FloatingPanelProps) {
  const { left, top, width, height } = anchor.getBoundingClientRect()
  const close = () => {
    onClose()
    anchor.focus()
  }
  return (
    <Popover
      opened
      onChange={(now) => (now ? undefined : close())}
      onDismiss={close}
      position="bottom-end"
      offset={6}
      trapFocus
      returnFocus={false}
    >
      <Popover.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          aria-label={label}
          className={styles['anchor']}
          style={{ left, top, width, height }}
        />
      </Popover.Target>
      <Popover.Dropdown className={styles['panel']} aria-label={label} aria-labelledby={undefined}>
        {children}
      </Popover.Dropdown>
    </Popover>
  )
}
