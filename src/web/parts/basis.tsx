/** The small grey line that says what the numbers beside it are. */
import { exactnessText, type Exactness } from '../data/exactness.ts'
import { TEXTS } from '../texts.ts'
import styles from './basis.module.css'

export interface BasisInfo {
  /** Short words: unit, interval, what was read … */
  readonly parts: readonly string[]
  readonly exactness?: Exactness
}

export function Basis({ parts, exactness }: BasisInfo) {
  return (
    <span className={styles['basis']}>
      {parts.filter(Boolean).join(' · ')}
      {exactness ? (
        <span className={styles[exactness.kind]} title={TEXTS.basis[exactness.kind].title}>
          <span aria-hidden="true">{exactness.kind === 'exact' ? '●' : '◐'}</span> {exactnessText(exactness)}
        </span>
      ) : null}
    </span>
  )
}
