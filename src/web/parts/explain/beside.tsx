/** A page with the panel that explains a window of it beside it, where there is one. */
import { lazy, Suspense, type ReactNode } from 'react'
import { usePageSearch } from '../../app/search.ts'
import styles from './explain.module.css'
import { explainCodec, type ExplainSearch } from './search.ts'
import type { Comparison } from './use-comparison.ts'

const Explain = lazy(() => import('./index.tsx'))

/** The window that is explained, and how to explain another. */
export function useExplained(): {
  readonly explained: ExplainSearch['explain']
  readonly explain: (fromMs: number, toMs: number) => void
} {
  const [{ explain }, set] = usePageSearch(explainCodec)
  return { explained: explain, explain: (fromMs, toMs) => set({ explain: { fromMs, toMs } }) }
}

export function WithExplanation({
  measure,
  children,
}: {
  readonly measure: Comparison['measure']
  readonly children: ReactNode
}) {
  const { explained } = useExplained()
  return (
    <div className={styles['beside']}>
      <div className={styles['page']}>{children}</div>
      {explained ? (
        <div className={styles['side']}>
          <Suspense>
            <Explain window={explained} measure={measure} />
          </Suspense>
        </div>
      ) : null}
    </div>
  )
}
