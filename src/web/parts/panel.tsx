/** A framed part of a page: title, basis, actions, and one of four states. One that fails leaves the others alone. */
import { IconDots } from '@tabler/icons-react'
import { useId, type CSSProperties, type ReactNode } from 'react'
import type { CallError } from '../data/client.ts'
import { TEXTS } from '../texts.ts'
import { Basis, type BasisInfo } from './basis.tsx'
import { Button } from './button.tsx'
import { MenuButton, type MenuEntry } from './menu-button.tsx'
import styles from './panel.module.css'

export type PanelState =
  | {
      readonly kind: 'ready'
      readonly stale?: boolean
      /** What is missing from the picture. */ readonly partial?: string | undefined
    }
  | { readonly kind: 'loading' }
  /** Why there is nothing, and the nearest thing that there is. */
  | { readonly kind: 'empty'; readonly why: string; readonly remedy?: ReactNode }
  | { readonly kind: 'error'; readonly error: CallError; readonly retry: () => void }

interface PanelProps {
  readonly title: string
  readonly basis?: BasisInfo | undefined
  readonly actions?: ReactNode
  readonly menu?: readonly MenuEntry[]
  readonly state?: PanelState
  readonly children: ReactNode
  readonly className?: string | undefined
  readonly style?: CSSProperties
}

export function Panel({
  title,
  basis,
  actions,
  menu,
  state = { kind: 'ready' },
  children,
  className,
  style,
}: PanelProps) {
  const id = useId()
  const estimated = state.kind === 'ready' && basis?.exactness?.kind === 'estimated'
  return (
    <section
      className={`${styles['panel']} ${estimated ? styles['estimated'] : ''} ${className ?? ''}`}
      aria-labelledby={id}
      aria-busy={state.kind === 'loading' || estimated}
      style={style}
    >
      <header className={styles['head']}>
        <h2 id={id} className={styles['title']}>
          {title}
        </h2>
        {basis && state.kind === 'ready' ? <Basis {...basis} /> : null}
        <div className={styles['actions']}>
          {actions}
          {menu && menu.length > 0 ? (
            <MenuButton label={TEXTS.panel.menu(title)} entries={menu} small>
              <IconDots size={16} aria-hidden />
            </MenuButton>
          ) : null}
        </div>
      </header>
      <PanelBody state={state}>{children}</PanelBody>
    </section>
  )
}

/** The states alone, for what is not framed. */
export function PanelBody({ state, children }: { readonly state: PanelState; readonly children: ReactNode }) {
  switch (state.kind) {
    case 'loading':
      return <div className={styles['skeleton']} />
    case 'empty':
      return (
        <div className={styles['message']}>
          <strong>{state.why}</strong>
          {state.remedy ? <div className={styles['row']}>{state.remedy}</div> : null}
        </div>
      )
    case 'error':
      return (
        <div className={`${styles['message']} ${styles['error']}`} role="alert">
          <strong>{state.error.message}</strong>
          <Button onClick={state.retry}>{TEXTS.panel.retry}</Button>
        </div>
      )
    case 'ready':
      return (
        <>
          {state.partial ? <p className={styles['note']}>{state.partial}</p> : null}
          <div className={`${styles['body']} ${state.stale ? styles['dim'] : ''}`}>{children}</div>
        </>
      )
  }
}

/** The state of a panel that shows the answer to one question. An answer to another question is dimmed. */
export function stateOf(
  result: {
    readonly data: unknown
    readonly error: CallError | null
    readonly isPlaceholderData: boolean
    readonly refetch: () => unknown
  },
  empty: { readonly is: boolean; readonly why: string; readonly remedy?: ReactNode },
  partial?: string,
): PanelState {
  if (result.error && (result.data === undefined || result.isPlaceholderData))
    return { kind: 'error', error: result.error, retry: () => void result.refetch() }
  if (result.data === undefined) return { kind: 'loading' }
  if (empty.is && !result.isPlaceholderData) return { kind: 'empty', why: empty.why, remedy: empty.remedy }
  return {
    kind: 'ready',
    stale: result.isPlaceholderData,
    partial: result.error ? TEXTS.panel.notRefreshed(result.error.message) : partial,
  }
}
