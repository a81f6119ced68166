/** The line under the table: where one is, and what the keys do. */
import { clockWithMs } from '../../data/value-text.ts'
import { Button } from '../../parts/button.tsx'
import { toNumber } from '../../data/numbers.ts'
import styles from './flows.module.css'
import { texts } from './texts.ts'
import type { FlowPages } from './use-flow-pages.ts'

interface FootProps {
  readonly loaded: FlowPages
  /** First and last row in sight, counted from 1. */
  readonly sight: readonly [number, number]
  /** Not refreshed, because older rows are in sight. */
  readonly held: boolean
  readonly failed: boolean
  readonly onMore: () => void
  readonly onTop: () => void
}

export function Foot({ loaded, sight, held, failed, onMore, onTop }: FootProps) {
  const [first, last] = sight
  const end = loaded.columns.findIndex((column) => column.name === 'end')
  const lastEnd = toNumber(loaded.rows[last - 1]?.[end])
  return (
    <footer className={styles['foot']}>
      <span>
        {texts.table.shown(Math.min(first, loaded.matched), last, loaded.matched, loaded.matchedExact)} ·{' '}
        {texts.table.loaded(loaded.rows.length)}
        {lastEnd === null ? '' : ` · ${texts.table.down(clockWithMs(lastEnd))}`}
      </span>
      {failed ? (
        <span role="alert" className={styles['failed']}>
          {texts.table.failedMore}{' '}
          <Button small variant="quiet" onClick={onMore}>
            {texts.table.again}
          </Button>
        </span>
      ) : null}
      {held ? (
        <span>
          {texts.table.held}{' '}
          <Button small variant="quiet" onClick={onTop}>
            {texts.table.newest}
          </Button>
        </span>
      ) : null}
      <span className={styles['keys']} aria-hidden>
        <kbd>J</kbd> <kbd>K</kbd> {texts.table.keyMove} <kbd>Enter</kbd> {texts.table.keyOpen}
      </span>
    </footer>
  )
}
