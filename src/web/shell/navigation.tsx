/** The pages, the way to jump anywhere, and at the foot whether flows arrive. */
import {
  IconKeyboard,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconSearch,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Button } from '../parts/button.tsx'
import { TEXTS } from '../texts.ts'
import { Colours } from './colours.tsx'
import { shellCommand } from './commands.ts'
import { Logo } from './logo.tsx'
import styles from './navigation.module.css'
import { PAGES } from './pages.tsx'
import { Pulse } from './pulse.tsx'

interface NavigationProps {
  readonly rail: boolean
  readonly onRail: (rail: boolean) => void
  readonly onJump: () => void
}

export function Navigation({ rail, onRail, onJump }: NavigationProps) {
  const toggle = rail ? TEXTS.shell.widen : TEXTS.shell.narrow
  return (
    <nav className={`${styles['nav']} ${rail ? styles['rail'] : ''}`} aria-label={TEXTS.shell.navigation}>
      <div className={styles['brand']}>
        <Logo />
        <span className={styles['name']}>Weir</span>
        <Button
          variant="subtle"
          icon
          small
          className={styles['toggle']}
          aria-label={toggle}
          onClick={() => onRail(!rail)}
        >
          {rail ? (
            <IconLayoutSidebarLeftExpand size={16} aria-hidden />
          ) : (
            <IconLayoutSidebarLeftCollapse size={16} aria-hidden />
          )}
        </Button>
      </div>
      <button
        type="button"
        className={styles['jump']}
        onClick={onJump}
        title={TEXTS.shell.jump}
        aria-keyshortcuts="Control+K"
      >
        <IconSearch size={15} aria-hidden />
        <span className={styles['jumpText']}>{TEXTS.shell.jumpTo}</span>
        <kbd className={styles['kbd']}>Ctrl K</kbd>
      </button>
      <ul className={styles['pages']}>
        {PAGES.map(({ path, label, Icon }) => (
          <li key={path}>
            <Link
              to={path}
              className={styles['page']}
              activeProps={{ className: styles['active'] ?? '', 'aria-current': 'page' }}
              activeOptions={{ exact: true, includeSearch: false }}
              title={label}
            >
              <Icon size={18} stroke={1.6} aria-hidden />
              <span className={styles['pageName']}>{label}</span>
            </Link>
          </li>
        ))}
      </ul>
      <div className={styles['foot']}>
        <Colours />
        <Button
          variant="subtle"
          icon
          small
          aria-label={TEXTS.keys.title}
          aria-keyshortcuts="?"
          onClick={() => shellCommand('keys')}
        >
          <IconKeyboard size={16} stroke={1.6} aria-hidden />
        </Button>
      </div>
      <Pulse />
    </nav>
  )
}
