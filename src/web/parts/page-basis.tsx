/** The page's own basis line: the page says what its numbers are, the shell shows it beside the pills. */
import { createContext, use, useEffect } from 'react'
import type { BasisInfo } from './basis.tsx'

export const PageBasisContext = createContext<(basis: BasisInfo | null) => void>(() => {})

export function usePageBasis(basis: BasisInfo | null): void {
  const set = use(PageBasisContext)
  const text = JSON.stringify(basis)
  useEffect(() => {
    set(JSON.parse(text) as BasisInfo | null)
    return () => set(null)
  }, [set, text])
}
