/** Query, scope, time and refresh: the same on all pages. */
import { useState } from 'react'
import { PageBasisContext } from '../parts/page-basis.tsx'
import { Basis, type BasisInfo } from '../parts/basis.tsx'
import { LiveControls } from './live-controls.tsx'
import { Pills } from './pills.tsx'
import { QueryBar } from './query-bar.tsx'
import { ScopeSelect } from './scope-select.tsx'
import { TimeControls } from './time-controls.tsx'
import styles from './top-bar.module.css'

export function TopBar({ basis }: { readonly basis: BasisInfo | null }) {
  return (
    <header className={styles['top']}>
      <div className={styles['bar']}>
        <QueryBar />
        <div className={styles['controls']}>
          <ScopeSelect />
          <TimeControls />
          <LiveControls />
        </div>
      </div>
      <div className={styles['second']}>
        <Pills />
        <span className={styles['basis']}>{basis ? <Basis {...basis} /> : null}</span>
      </div>
    </header>
  )
}

/** Takes the page's basis from the page and hands it to the bar. */
export function useBasisSlot() {
  const [basis, setBasis] = useState<BasisInfo | null>(null)
  return { basis, setBasis, Provider: PageBasisContext }
}
