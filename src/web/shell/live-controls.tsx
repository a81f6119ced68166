/** Whether the page follows the present, how often it asks again, and asking at once. */
import { IconPlayerPlay, IconRefresh } from '@tabler/icons-react'
import { useIsFetching } from '@tanstack/react-query'
import { useRange, useView } from '../app/search.ts'
import { useRefresh } from '../data/hooks.ts'
import { liveOf } from '../data/range.ts'
import { Button } from '../parts/button.tsx'
import { MenuButton } from '../parts/menu-button.tsx'
import { TEXTS } from '../texts.ts'
import styles from './control.module.css'
import spin from './live-controls.module.css'

const EVERY_SECONDS = [0, 5, 10, 30, 60, 300]

export function LiveControls() {
  const [view, setView] = useView()
  const { live } = useRange()
  const refresh = useRefresh()
  const asking =
    useIsFetching({ predicate: (query) => query.queryKey[0] === 'query' || query.queryKey[0] === 'flows' }) > 0
  const seconds = view.refreshMs / 1000
  return (
    <span className={styles['group']}>
      {live ? (
        <MenuButton
          label={TEXTS.live.label(seconds > 0 ? `${TEXTS.live.live} ${TEXTS.live.short(seconds)}` : TEXTS.live.paused)}
          className={styles['control']}
          entries={EVERY_SECONDS.map((every) => ({
            label: TEXTS.live.every(every),
            checked: every === seconds,
            onSelect: () => setView({ refreshMs: every * 1000 }),
          }))}
        >
          {seconds > 0 ? <span className={styles['dot']} /> : null}
          {seconds > 0 ? TEXTS.live.live : TEXTS.live.paused}{' '}
          {seconds > 0 ? <span className={styles['quiet']}>{TEXTS.live.short(seconds)}</span> : null}
        </MenuButton>
      ) : (
        <Button className={styles['control']} onClick={() => setView(liveOf(view))}>
          <IconPlayerPlay size={15} stroke={1.6} aria-hidden />
          {TEXTS.live.go}
        </Button>
      )}
      <Button
        className={`${styles['control']} ${styles['square']}`}
        icon
        aria-label={TEXTS.live.refresh}
        onClick={refresh}
      >
        <IconRefresh size={16} stroke={1.6} aria-hidden className={asking ? spin['spin'] : undefined} />
      </Button>
    </span>
  )
}
