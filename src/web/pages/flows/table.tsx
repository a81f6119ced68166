/** The records: a real table of which only the rows in sight are drawn. */
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type RefObject } from 'react'
import type { Sort } from '../../parts/data-table.tsx'
import { Cell, recordText } from './cells.tsx'
import type { FlowColumn } from './columns.ts'
import styles from './flows.module.css'
import { recordAt, type FlowRecord } from './record.ts'
import { texts } from './texts.ts'
import type { FlowPages } from './use-flow-pages.ts'

export const ROW_HEIGHTS = { dense: 25, roomy: 34, card: 58 } as const
/** Rows from the end at which the next page is asked for. */
const AHEAD = 40

interface FlowTableProps {
  readonly loaded: FlowPages
  readonly columns: readonly FlowColumn[]
  readonly look: keyof typeof ROW_HEIGHTS
  readonly sort: Sort
  readonly onSort: (sort: Sort) => void
  /** Index of the row that the keyboard stands on; -1 for none. */
  readonly current: number
  readonly onOpen: (index: number) => void
  readonly onMore: () => void
  readonly onView: (first: number, last: number) => void
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly stale: boolean
}

export function FlowTable(props: FlowTableProps) {
  const { loaded, columns, look, sort, onSort, current, onOpen, onMore, onView, scroller, stale } = props
  const height = ROW_HEIGHTS[look]
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoized by a compiler
  const virtual = useVirtualizer({
    count: loaded.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => virtual.measure(), [virtual, height])
  useEffect(() => {
    if (last >= loaded.rows.length - AHEAD) onMore()
  }, [last, loaded.rows.length, onMore])
  useInSight(scroller, height, loaded.rows.length, onView)
  useEffect(() => {
    if (current >= 0) virtual.scrollToIndex(current, { align: 'auto' })
  }, [virtual, current])

  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  const card = look === 'card'
  return (
    <div
      ref={scroller}
      className={`${styles['scroller']} ${stale ? styles['stale'] : ''}`}
      role="region"
      aria-label={texts.table.label}
      tabIndex={0}
      data-records
    >
      <table
        className={`${styles['table']} ${card ? styles['cards'] : ''}`}
        aria-label={texts.table.label}
        aria-rowcount={loaded.matchedExact ? loaded.matched + 1 : -1}
        style={{ minWidth: card ? undefined : columns.reduce((sum, column) => sum + column.width, 0) }}
      >
        {card ? null : (
          <colgroup>
            {columns.map((column) => (
              <col key={column.id} style={column.id === growing(columns) ? undefined : { width: column.width }} />
            ))}
          </colgroup>
        )}
        <thead className={card ? 'visually-hidden' : undefined}>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Head key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={before} />
          {items.map((item) => {
            const record = recordAt(loaded.columns, loaded.rows[item.index] ?? [])
            return (
              <Row
                key={item.key}
                record={record}
                index={item.index}
                columns={columns}
                height={height}
                current={item.index === current}
                card={card}
                onOpen={onOpen}
              />
            )
          })}
          <Spacer height={after} />
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  readonly record: FlowRecord
  readonly index: number
  readonly columns: readonly FlowColumn[]
  readonly height: number
  readonly current: boolean
  readonly card: boolean
  readonly onOpen: (index: number) => void
}

function Row({ record, index, columns, height, current, card, onOpen }: RowProps) {
  return (
    // Keys reach a row by J, K and Enter; the pointer by a click anywhere on it.
    <tr
      aria-rowindex={index + 2}
      aria-current={current || undefined}
      className={current ? styles['current'] : undefined}
      style={{ height }}
      onClick={() => onOpen(index)}
    >
      {columns.map((column) => (
        <td
          key={column.id}
          data-column={column.id}
          title={column.id === 'ends' ? recordText(record) : undefined}
          className={column.align === 'right' ? styles['right'] : undefined}
        >
          {card && column.id !== 'ends' ? <span className={styles['cardLabel']}>{column.label} </span> : null}
          <Cell column={column} record={record} />
        </td>
      ))}
    </tr>
  )
}

function Head({
  column,
  sort,
  onSort,
}: {
  readonly column: FlowColumn
  readonly sort: Sort
  readonly onSort: (sort: Sort) => void
}) {
  const sorted = sort.column === column.sort
  const Arrow = sort.descending ? IconArrowDown : IconArrowUp
  return (
    <th
      scope="col"
      className={column.align === 'right' ? styles['right'] : undefined}
      aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      <button
        type="button"
        className={`${styles['sort']} ${sorted ? styles['sorted'] : ''}`}
        title={texts.table.sortBy(column.sort)}
        onClick={() =>
          onSort({
            column: column.sort,
            descending: sorted ? !sort.descending : column.align === 'right' || column.sort === 'end',
          })
        }
      >
        {column.id === 'end' ? 'time' : column.label}
        {sorted ? <Arrow size={13} aria-hidden /> : null}
      </button>
    </th>
  )
}

/** Room for the rows that are not drawn. */
function Spacer({ height }: { readonly height: number }) {
  return height > 0 ? <tr aria-hidden="true" className={styles['spacer']} style={{ height }} /> : null
}

/** Says which rows are in sight whenever that changes. */
function useInSight(
  scroller: RefObject<HTMLDivElement | null>,
  height: number,
  count: number,
  onView: (first: number, last: number) => void,
): void {
  const told = useRef('')
  useEffect(() => {
    const box = scroller.current
    if (!box) return undefined
    const tell = () => {
      const first = Math.min(count, Math.floor(box.scrollTop / height) + 1)
      const last = Math.min(
        count,
        Math.max(first, Math.floor((box.scrollTop + box.clientHeight - HEAD_HEIGHT) / height)),
      )
      const text = `${first} ${last}`
      if (told.current === text) return
      told.current = text
      onView(first, last)
    }
    tell()
    box.addEventListener('scroll', tell, { passive: true })
    return () => box.removeEventListener('scroll', tell)
  }, [scroller, height, count, onView])
}

const HEAD_HEIGHT = 26

/** The column that takes the room that is left. */
function growing(columns: readonly FlowColumn[]): string {
  return columns.find((column) => column.id === 'ends')?.id ?? columns.at(-1)?.id ?? ''
}
