/** One station on the way of a flow: its rate, its queue, and each place where something can be lost. */
import { IconCircleCheck } from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import { scale, THIN_SPACE, type Unit } from '../../../shared/schema/units.ts'
import { exact } from '../../data/numbers.ts'
import { Sparkline } from '../../parts/sparkline.tsx'
import shared from './health.module.css'
import styles from './way.module.css'
import { texts } from './texts.ts'

export interface LossLine {
  readonly name: string
  readonly count: number
  readonly unit: string
  readonly meaning: string
  readonly remedy: string
  /** Not lost by Weir, but worth a look. */
  readonly soft?: boolean
}

interface StationProps {
  readonly name: string
  readonly hint?: string
  readonly Icon: ComponentType<{ readonly size: number; readonly 'aria-hidden': boolean }>
  readonly rate: number | null
  readonly unit: Unit | ''
  readonly rateHint?: string
  readonly recent?: readonly (number | null)[]
  readonly outside?: boolean
  /** Without lines, a station that cannot lose anything. */
  readonly losses: readonly LossLine[]
  readonly children: ReactNode
}

/** More lines than this stand in two columns. */
const MANY = 5

export function Station({
  name,
  hint,
  Icon,
  rate,
  unit,
  rateHint,
  recent,
  outside = false,
  losses,
  children,
}: StationProps) {
  const { text, unit: suffix } = scale(rate, unit)
  return (
    <li className={`${styles['station']} ${outside ? styles['outside'] : ''}`}>
      <div className={styles['top']}>
        <div className={styles['name']}>
          <Icon size={16} aria-hidden />
          {name}
          {hint ? <span>{hint}</span> : null}
        </div>
        <div className={styles['rate']}>
          <span title={rate === null ? undefined : exact(rate, unit)}>
            <strong>{text}</strong> <small>{suffix + (suffix && rateHint ? THIN_SPACE : '') + (rateHint ?? '')}</small>
          </span>
          {recent ? <Sparkline values={recent} /> : null}
        </div>
        {children}
      </div>
      {losses.length === 0 ? (
        <p className={styles['never']}>
          <IconCircleCheck size={15} aria-hidden />
          {texts.way.neverDrops}
        </p>
      ) : (
        <ul className={`${styles['losses']} ${losses.length > MANY ? styles['many'] : ''}`}>
          {losses.map((loss) => (
            <li key={loss.name}>
              <Loss loss={loss} />
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

/** A queue or a share: words, a bar, the figures; on a line of their own where they are long and `wrap` is said. */
export function Gauge({
  label,
  share,
  wrap = false,
  children,
}: {
  readonly label: string
  readonly share?: number
  readonly wrap?: boolean
  readonly children?: ReactNode
}) {
  return (
    <div className={`${styles['gauge']} ${wrap ? styles['wrapping'] : ''}`}>
      <span>{label}</span>
      {share === undefined ? null : (
        <span className={shared['meter']} aria-hidden>
          <i style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }} />
        </span>
      )}
      <span>{children}</span>
    </div>
  )
}

function Loss({ loss }: { readonly loss: LossLine }) {
  return (
    <details className={`${styles['loss']} ${loss.count > 0 ? styles['lost'] : ''} ${loss.soft ? styles['soft'] : ''}`}>
      <summary>
        <code title={loss.name}>{loss.name}</code>
        <b>{exact(loss.count)}</b>
      </summary>
      <p>
        {loss.meaning} {loss.unit === '' ? null : `${texts.way.meaning} ${loss.unit}.`}
      </p>
      <p>{loss.remedy}</p>
    </details>
  )
}
