/** A menu beside any element of the page. */
import '@mantine/core/styles/UnstyledButton.css'
import '@mantine/core/styles/Popover.css'
import '@mantine/core/styles/Menu.css'
import { Menu } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import styles from './floating-menu.module.css'
import type { MenuEntry } from './menu-button.tsx'

interface FloatingMenuProps {
  readonly anchor: HTMLElement
  readonly label: string
  readonly title?: string | undefined
  readonly entries: readonly MenuEntry[]
  readonly onClose: () => void
}

export default function FloatingMenu({ anchor, label, title, entries, onClose }: FloatingMenuProps) {
  const { left, top, width, height } = anchor.getBoundingClientRect()
  const checkable = entries.some((entry) => entry.checked !== undefined)
  const close = () => {
    onClose()
    anchor.focus()
  }
  return (
    <Menu
      opened
      onChange={(now) => (now ? undefined : close())}
      position="bottom-start"
      offset={4}
      returnFocus={false}
      withInitialFocusPlaceholder={false}
      loop
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          aria-label={label}
          className={styles['anchor']}
          style={{ left, top, width, height }}
        />
      </Menu.Target>
      <Menu.Dropdown aria-label={label} className={styles['dropdown']}>
        {title === undefined ? null : <Menu.Label className={styles['title']}>{title}</Menu.Label>}
        {entries.map((entry) => {
          if (entry.heading) return <Menu.Label key={entry.label}>{entry.label}</Menu.Label>
          const look = {
            leftSection: checkable ? (
              <span className={styles['mark']}>{entry.checked ? <IconCheck size={14} aria-hidden /> : null}</span>
            ) : (
              entry.icon
            ),
            rightSection: entry.hint === undefined ? null : <span className={styles['hint']}>{entry.hint}</span>,
            className: styles['entry'] ?? '',
            disabled: entry.disabled ?? false,
          }
          return entry.href === undefined ? (
            <Menu.Item
              key={entry.label}
              {...look}
              onClick={entry.onSelect}
              {...(checkable ? { role: 'menuitemradio', 'aria-checked': entry.checked ?? false } : {})}
            >
              {entry.label}
            </Menu.Item>
          ) : (
            <Menu.Item
              key={entry.label}
              {...look}
              component="a"
              href={entry.href}
              target="_blank"
              rel="noreferrer noopener"
            >
              {entry.label}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
