/** What a person should look at: the findings of Health, worst first. */
import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useHealth, type Health } from '../../data/hooks.ts'
import { Panel, stateOf } from '../../parts/panel.tsx'
import { Tag } from '../../parts/tag.tsx'
import styles from './overview.module.css'
import { texts } from './texts.ts'

type Finding = Health['findings'][number]

const ORDER: Record<Finding['level'], number> = { error: 0, warn: 1, info: 2 }

export function StandsOut() {
  const health = useHealth()
  const findings = (health.data?.findings ?? []).toSorted((a, b) => ORDER[a.level] - ORDER[b.level])
  return (
    <Panel
      title={texts.standsOut}
      state={stateOf(health, { is: false, why: '' })}
      actions={
        <>
          {findings.length > 0 ? (
            <Tag tone={findings.some((each) => each.level === 'error') ? 'bad' : 'plain'}>
              {String(findings.length)}
            </Tag>
          ) : null}
          <Link to="/health" className={styles['more']}>
            {texts.health}
          </Link>
        </>
      }
    >
      {findings.length === 0 ? (
        <div className={styles['fine']}>
          <IconCheck size={20} aria-hidden />
          <strong>{texts.nothing}</strong>
          <span>{texts.nothingWhy}</span>
        </div>
      ) : (
        <ul className={styles['findings']}>
          {findings.map((finding, i) => (
            // Findings of one code may come for several exporters.
            <li key={`${finding.code} ${i}`} className={styles['finding']}>
              <span className={`${styles['mark']} ${styles[finding.level]}`}>
                {finding.level === 'info' ? (
                  <IconInfoCircle size={15} aria-hidden />
                ) : (
                  <IconAlertTriangle size={15} aria-hidden />
                )}
              </span>
              <span>
                <span className={styles['message']}>{finding.message}</span>
                <span className={styles['remedy']}>{finding.remedy}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
