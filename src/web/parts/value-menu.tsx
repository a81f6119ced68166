/**
 * Every value on the page opens the same menu: filter for it, filter it out, see its traffic and records, copy it,
 * look it up. One menu serves them all; a value is only a button that asks for it.
 */
import {
  IconChartAreaLine,
  IconCopy,
  IconExternalLink,
  IconFilter,
  IconFilterOff,
  IconListSearch,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { createContext, lazy, Suspense, use, useState, type ReactNode } from 'react'
import type { FieldName } from '../../shared/schema/fields.ts'
import type { JsonValue } from '../../shared/schema/kinds.ts'
import { useView, viewParams, type Pill, type View } from '../app/search.ts'
import { clauseOf, lookUpOf } from '../data/clause.ts'
import { interfaceIdOf, interfaceLines, useCloudInterface } from '../data/cloud-interfaces.ts'
import { addressOf, seenText, useSeen } from '../data/seen.ts'
import { TEXTS } from '../texts.ts'
import { copyText } from './copy-button.tsx'
import { preloadMenu, type MenuEntry } from './menu-button.tsx'
import { notify } from './notify.ts'
import styles from './value-menu.module.css'

/** A field and a value of it; several, where they belong together. */
export type ValueOf = readonly { readonly field: FieldName; readonly value: JsonValue }[]

const FloatingMenu = lazy(() => import('./floating-menu.tsx'))
const Open = createContext<(anchor: HTMLElement, of: ValueOf) => void>(() => {})

export function ValueMenuProvider({ children }: { readonly children: ReactNode }) {
  const [at, setAt] = useState<{ anchor: HTMLElement; of: ValueOf } | null>(null)
  const [view, setView] = useView()
  const navigate = useNavigate()
  const address = at ? addressOf(at.of) : null
  const seen = useSeen(address)
  const [one] = at?.of ?? []
  const known = useCloudInterface(one ? interfaceIdOf(one.field, one.value) : null)
  const entries = at
    ? [
        ...entriesFor(at.of, view, setView, (to, change) => void navigate({ to, search: viewParams(view, change) })),
        ...(address === null || seen.isError
          ? []
          : [{ label: seen.data ? seenText(seen.data) : TEXTS.seen.asking, heading: true }]),
        ...(known ? interfaceLines(known).map((label) => ({ label, heading: true })) : []),
      ]
    : []
  return (
    <Open value={(anchor, of) => setAt({ anchor, of })}>
      {children}
      {at ? (
        <Suspense>
          <FloatingMenu
            key={clauseOf(at.of)}
            anchor={at.anchor}
            label={TEXTS.value.menu}
            title={clauseOf(at.of)}
            entries={entries}
            onClose={() => setAt(null)}
          />
        </Suspense>
      ) : null}
    </Open>
  )
}

interface ValueProps {
  readonly of: ValueOf
  readonly children: ReactNode
  readonly className?: string | undefined
  /** -1 in long lists, where the keyboard has a way of its own to each value. */
  readonly tabIndex?: number
}

/** A value that opens its menu; what stands inside is how it is shown. */
export function Value({ of, children, className, tabIndex }: ValueProps) {
  const open = use(Open)
  return (
    <button
      type="button"
      tabIndex={tabIndex}
      className={`${styles['value']} ${className ?? ''}`}
      aria-haspopup="menu"
      onPointerEnter={preloadMenu}
      onClick={(event) => {
        event.stopPropagation()
        open(event.currentTarget, of)
      }}
    >
      {children}
    </button>
  )
}

async function copyAndSay(text: string): Promise<void> {
  notify((await copyText(text)) ? TEXTS.copiedThis(text) : TEXTS.notCopied)
}

/** Adds a pill, or takes away the one that says the opposite. */
export function withPill(pills: readonly Pill[], text: string, not: boolean): readonly Pill[] {
  return [...pills.filter((pill) => pill.text !== text), { text, not, off: false }]
}

function entriesFor(
  of: ValueOf,
  view: View,
  setView: (change: Partial<View>) => void,
  go: (to: '/explore' | '/flows', change: Partial<View>) => void,
): MenuEntry[] {
  const clause = clauseOf(of)
  const lookUps = of.flatMap(({ field, value }) => lookUpOf(field, value) ?? [])
  const copied = of.map(({ value }) => (value === null ? '' : String(value))).join(' ')
  const only = { pills: withPill(view.pills, clause, false) }
  return [
    { label: TEXTS.value.filterFor, icon: <IconFilter size={14} />, onSelect: () => setView(only) },
    {
      label: TEXTS.value.filterOut,
      icon: <IconFilterOff size={14} />,
      onSelect: () => setView({ pills: withPill(view.pills, clause, true) }),
    },
    { label: TEXTS.value.explore, icon: <IconChartAreaLine size={14} />, onSelect: () => go('/explore', only) },
    { label: TEXTS.value.records, icon: <IconListSearch size={14} />, onSelect: () => go('/flows', only) },
    {
      label: TEXTS.value.copy,
      icon: <IconCopy size={14} />,
      disabled: copied.trim() === '',
      onSelect: () => void copyAndSay(copied),
    },
    ...lookUps.map(({ label, href }) => ({ label, href, icon: <IconExternalLink size={14} /> })),
  ]
}
