/** A menu beside any element of the page. */
import '@mantine/core/styles/UnstyledButton.css'
import '@mantine/core/styles/Popover.css'
import '@mantine/core/styles/Menu.css'
import { Menu } from '@mantine/core'
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
        {entries.map((entry) => (
          <Entry key={entry.label} entry={entry} />
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function Entry({ entry }: { readonly entry: MenuEntry }) {
  const { label, icon, hint, onSelect, href, checked, disabled = false, heading } = entry
  if (heading) return <Menu.Label>{label}</Menu.Label>
  const look = {
    rightSection: hint === undefined ? null : <span className={styles['hint']}>{hint}</span>,
    className: styles['entry'] ?? '',
    disabled,
  }
  if (checked !== undefined) {
    return (
      <Menu.RadioItem {...look} value={label} checked={checked} closeMenuOnClick onChange={() => onSelect?.()}>
        {label}
      </Menu.RadioItem>
    )
  }
  if (href !== undefined) {
    return (
      <Menu.Item {...look} leftSection={icon} component="a" href={href} target="_blank" rel="noreferrer noopener">
        {label}
      </Menu.Item>
    )
  }
  return (
    <Menu.Item {...look} leftSection={icon} onClick={onSelect}>
      {label}
    </Menu.Item>
  )
}
