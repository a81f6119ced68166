/** One number with its name, its course and a line of context. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { scale, type Unit } from '../../shared/schema/units.ts'
import type { PagePath, Params } from '../app/search.ts'
import styles from './figure.module.css'
import { exact } from '../data/numbers.ts'
import { Sparkline } from './sparkline.tsx'

interface FigureProps {
  readonly label: string
  readonly value: number | null
  readonly unit?: Unit | ''
  /** After the number, in grey: `of 14`. */
  readonly of?: string
  readonly spark?: readonly (number | null)[] | undefined
  readonly tone?: 'normal' | 'warn' | 'bad'
  /** The line below. */
  readonly children?: ReactNode
  /** Where the figure leads. */
  readonly to?: PagePath
  readonly search?: Params
}

export function Figure({ label, value, unit = '', of, spark, tone = 'normal', children, to, search }: FigureProps) {
  const { text, unit: suffix } = scale(value, unit)
  const sparkColor = tone === 'bad' ? 'var(--bad-mark)' : tone === 'warn' ? 'var(--warn-mark)' : 'var(--accent)'
  return (
    <div className={styles['figure']}>
      <div className={styles['label']}>
        {to ? (
          <Link to={to} search={search ?? {}} className={styles['link']}>
            {label}
          </Link>
        ) : (
          label
        )}
      </div>
      <div className={styles['line']}>
        <span className={styles['value']} title={value === null ? undefined : exact(value, unit)}>
          {text}
          {suffix ? <span className={styles['unit']}>{suffix}</span> : null}
          {of ? <span className={styles['of']}>{of}</span> : null}
        </span>
        {spark ? <Sparkline values={spark} color={sparkColor} /> : null}
      </div>
      <div className={`${styles['context']} ${tone === 'bad' ? styles['bad'] : tone === 'warn' ? styles['warn'] : ''}`}>
        {children}
      </div>
    </div>
  )
}

/** Figures side by side, as one strip. */
export function Figures({ children, label }: { readonly children: ReactNode; readonly label: string }) {
  return (
    <section className={styles['strip']} aria-label={label}>
      {children}
    </section>
  )
}
