/** A table of 27-pixel rows: real table markup, digits that line up, and rows that answer to their chart. */
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './data-table.module.css'

export interface DataColumn<Row> {
  readonly id: string
  readonly label: ReactNode
  readonly align?: 'left' | 'right'
  /** Takes the room that is left, and cuts what does not fit. */
  readonly grow?: boolean
  /** Left out on a phone. */
  readonly wide?: boolean
  readonly sortable?: boolean
  readonly cell: (row: Row) => ReactNode
}

export interface Sort {
  readonly column: string
  readonly descending: boolean
}

interface DataTableProps<Row> {
  readonly label: string
  readonly columns: readonly DataColumn<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** A last row that adds up. */
  readonly total?: Row | undefined
  readonly sort?: Sort
  readonly onSort?: (sort: Sort) => void
  readonly lit?: string | null
  readonly onLight?: (key: string | null) => void
  readonly maxHeight?: number
}

export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  total,
  sort,
  onSort,
  lit,
  onLight,
  maxHeight,
}: DataTableProps<Row>) {
  const body = (row: Row, className?: string) => (
    <tr
      key={rowKey(row)}
      className={[className, lit === rowKey(row) ? styles['lit'] : ''].filter(Boolean).join(' ') || undefined}
      onPointerEnter={onLight ? () => onLight(rowKey(row)) : undefined}
      onPointerLeave={onLight ? () => onLight(null) : undefined}
    >
      {columns.map((column) => (
        <td key={column.id} className={classOf(column)}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  )
  return (
    <div
      className={styles['scroll']}
      style={maxHeight === undefined ? undefined : { maxHeight }}
      {...(maxHeight === undefined ? {} : { tabIndex: 0, role: 'region', 'aria-label': label })}
    >
      <table className={styles['table']} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={classOf(column)}
                aria-sort={sort?.column === column.id ? (sort.descending ? 'descending' : 'ascending') : undefined}
              >
                {column.sortable && onSort ? <SortButton column={column} sort={sort} onSort={onSort} /> : column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => body(row))}
          {total === undefined ? null : body(total, styles['total'])}
        </tbody>
      </table>
    </div>
  )
}

function SortButton<Row>({
  column,
  sort,
  onSort,
}: {
  readonly column: DataColumn<Row>
  readonly sort: Sort | undefined
  readonly onSort: (sort: Sort) => void
}) {
  const current = sort?.column === column.id
  const Arrow = current && !sort.descending ? IconArrowUp : IconArrowDown
  return (
    <button
      type="button"
      className={`${styles['sort']} ${current ? styles['sorted'] : ''}`}
      onClick={() => onSort({ column: column.id, descending: current ? !sort.descending : column.align === 'right' })}
    >
      {column.label}
      {current ? <Arrow size={12} aria-hidden /> : null}
    </button>
  )
}

function classOf<Row>(column: DataColumn<Row>): string | undefined {
  return (
    [
      column.align === 'right' ? styles['right'] : '',
      column.grow ? styles['grow'] : '',
      column.wide ? styles['wide'] : '',
    ]
      .filter(Boolean)
      .join(' ') || undefined
  )
}
