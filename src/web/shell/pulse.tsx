/** Whether flows arrive, how many a second, and whether any were lost. */
import { Link } from '@tanstack/react-router'
import { format } from '../../shared/schema/units.ts'
import { useHealth, type Health } from '../data/hooks.ts'
import { Sparkline } from '../parts/sparkline.tsx'
import { TEXTS } from '../texts.ts'
import styles from './pulse.module.css'
import { useRecent } from './recent.ts'

export function Pulse() {
  const health = useHealth()
  const recent = useRecent(health.data?.intake.perSecond.flows ?? null, health.dataUpdatedAt)
  const state = stateOf(health.data, health.error !== null)
  const lost = health.data ? lostInWeir(health.data) : 0
  return (
    <Link to="/health" className={styles['pulse']} title={TEXTS.pulse.title}>
      <span className={styles['line']}>
        <span className={`${styles['dot']} ${styles[state]}`} />
        <span className={styles['state']}>{TEXTS.pulse[state]}</span>
        <span className={styles['spark']}>
          <Sparkline
            values={recent}
            width={50}
            height={18}
            color={state === 'receiving' ? 'var(--accent)' : 'var(--control)'}
          />
        </span>
      </span>
      <span className={styles['line']}>
        <span className={styles['rate']}>{format(health.data?.intake.perSecond.flows ?? null, 'flows/s')}</span>
        <span className={lost > 0 ? styles['lost'] : styles['none']}>{TEXTS.pulse.lost(format(lost, ''))}</span>
      </span>
    </Link>
  )
}

/** What Weir itself lost since its start, whatever it is counted in. */
export function lostInWeir(health: Health): number {
  return Object.values(health.intake.lost).reduce((sum, count) => sum + (count ?? 0), 0)
}

function stateOf(health: Health | undefined, failed: boolean): 'receiving' | 'quiet' | 'silent' | 'down' | 'starting' {
  if (failed) return 'down'
  if (!health) return 'starting'
  if (health.intake.perSecond.flows > 0) return 'receiving'
  return health.store.flows > 0 ? 'quiet' : 'silent'
}
