/** Which observations count: the same packet seen by two exporters is two records (what to do about it is the user's choice). */
import { IconChevronDown, IconStack2 } from '@tabler/icons-react'
import { useState } from 'react'
import { useView } from '../app/search.ts'
import { useExporters } from '../data/hooks.ts'
import { MenuButton, type MenuEntry } from '../parts/menu-button.tsx'
import { TEXTS } from '../texts.ts'
import styles from './control.module.css'

const EXPORTERS_MS = 15_000

export function ScopeSelect() {
  const [view, setView] = useView()
  const [near, setNear] = useState(false)
  const exporters = useExporters(EXPORTERS_MS, near)
  const { scope } = view
  const named = typeof scope === 'object' ? scope.exporter : TEXTS.scope[scope]
  const entries: MenuEntry[] = [
    {
      label: TEXTS.scope.all,
      hint: TEXTS.scope.allHint,
      checked: scope === 'all',
      onSelect: () => setView({ scope: 'all' }),
    },
    {
      label: TEXTS.scope.ingress,
      hint: TEXTS.scope.ingressHint,
      checked: scope === 'ingress',
      onSelect: () => setView({ scope: 'ingress' }),
    },
    {
      label: TEXTS.scope.deduplicated,
      hint: TEXTS.scope.deduplicatedHint,
      checked: scope === 'deduplicated',
      onSelect: () => setView({ scope: 'deduplicated' }),
    },
    ...((exporters.data?.length ?? 0) > 0 ? [{ label: TEXTS.scope.one, heading: true }] : []),
    ...(exporters.data ?? []).map(({ address }) => ({
      label: address,
      checked: typeof scope === 'object' && scope.exporter === address,
      onSelect: () => setView({ scope: { exporter: address } }),
    })),
  ]
  return (
    <span className={styles['group']}>
      <MenuButton
        onNear={() => setNear(true)}
        label={TEXTS.scope.label(named)}
        entries={entries}
        className={styles['control']}
      >
        <IconStack2 size={16} stroke={1.6} aria-hidden />
        <span className={`${styles['cut']} ${styles['roomy']}`}>{named}</span>
        <IconChevronDown size={14} aria-hidden />
      </MenuButton>
    </span>
  )
}
