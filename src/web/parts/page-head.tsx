/** The first line of a page: its name, a few words, and what can be done here. */
import { useEffect, type ReactNode } from 'react'
import { useView } from '../app/search.ts'
import { nameOfRange } from '../data/range.ts'
import { TEXTS } from '../texts.ts'
import styles from './page-head.module.css'

interface PageHeadProps {
  readonly title: string
  readonly hint?: ReactNode
  readonly actions?: ReactNode
}

export function PageHead({ title, hint, actions }: PageHeadProps) {
  useEffect(() => {
    document.title = `${title} · Weir`
  }, [title])
  return (
    <header className={styles['head']}>
      <h1 className={styles['title']}>{title}</h1>
      {hint ? <span className={styles['hint']}>{hint}</span> : null}
      {actions ? <div className={styles['actions']}>{actions}</div> : null}
    </header>
  )
}

/** What a page looks at, in words: `Last hour, every observation`. The dates of a range without a name stand in the basis. */
export function useViewHint(): string {
  const [view] = useView()
  const scope =
    typeof view.scope === 'object' ? TEXTS.scope.hint.one(view.scope.exporter) : TEXTS.scope.hint[view.scope]
  const name = nameOfRange(view)
  return name === null ? scope.charAt(0).toUpperCase() + scope.slice(1) : `${name}, ${scope}`
}
