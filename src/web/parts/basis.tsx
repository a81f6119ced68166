/** The small grey line that says what the numbers beside it are. */
import type { AnswerOf } from '../../shared/api/contract.ts'
import { TEXTS } from '../texts.ts'
import styles from './basis.module.css'

export interface BasisInfo {
  /** Short words: unit, interval, what was read … */
  readonly parts: readonly string[]
  readonly exactness?: Exactness
}
type Exactness = 'exact' | 'estimated' | 'cut'

export function Basis({ parts, exactness }: BasisInfo) {
  return (
    <span className={styles['basis']}>
      {parts.filter(Boolean).join(' · ')}
      {exactness ? (
        <span className={styles[exactness]}>
          <span aria-hidden="true">{exactness === 'exact' ? '●' : '◐'}</span> {TEXTS.basis[exactness]}
        </span>
      ) : null}
    </span>
  )
}

/** What an answer's meta says: exact, or estimated where sampled records count or the store says so. */
export function exactnessOf(meta: Pick<AnswerOf<'query'>['meta'], 'exact' | 'sampled'>): Exactness {
  return meta.exact && !meta.sampled ? 'exact' : 'estimated'
}
