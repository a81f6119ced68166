/** What the record's exporter reported just before and after it, whatever the filter. Asked for when it is opened. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AnswerOf } from '../../../shared/api/contract.ts'
import type { FieldName } from '../../../shared/schema/fields.ts'
import { call, type CallError } from '../../data/client.ts'
import { toNumber } from '../../data/numbers.ts'
import { clockWithMs, valueText } from '../../data/value-text.ts'
import { PanelBody, stateOf } from '../../parts/panel.tsx'
import { recordText } from './cells.tsx'
import { KEY_FIELDS } from './columns.ts'
import styles from './record.module.css'
import { recordAt, recordKey, type FlowRecord } from './record.ts'
import { texts } from './texts.ts'

const FIELDS: readonly FieldName[] = [...KEY_FIELDS, 'service', 'bytes']
/** Records before and after, each. */
const AROUND = 10

interface SurroundingProps {
  readonly record: FlowRecord
  readonly onOpen: (key: string) => void
}

export function Surrounding({ record, onOpen }: SurroundingProps) {
  const [open, setOpen] = useState(false)
  const { exporter = null, end = null } = record
  const result = useQuery<AnswerOf<'surrounding'>, CallError>({
    queryKey: ['surrounding', exporter, end],
    queryFn: ({ signal }) =>
      call(
        'surrounding',
        { exporter: String(exporter), at: toNumber(end) ?? 0, before: AROUND, after: AROUND, fields: [...FIELDS] },
        signal,
      ),
    enabled: open && exporter !== null && end !== null,
  })
  if (exporter === null || end === null) return null
  const key = recordKey(record)
  const around = result.data ? shownOf(result.data, key) : []
  return (
    <details className={styles['around']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{texts.record.around(String(exporter))}</summary>
      {open ? (
        <PanelBody state={stateOf(result, { is: around.length === 0, why: texts.record.aroundNone })}>
          <ol>
            {around.map((one, i) => (
              // Records may be equal in all that is shown.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={i}>
                <button
                  type="button"
                  aria-current={one.key === key ? 'true' : undefined}
                  onClick={() => onOpen(one.key)}
                >
                  <time>{clockWithMs(toNumber(one.record.end) ?? 0)}</time>
                  <span>{recordText(one.record)}</span>
                  <span>{valueText('bytes', one.record.bytes ?? null)}</span>
                </button>
              </li>
            ))}
          </ol>
        </PanelBody>
      ) : null}
    </details>
  )
}

/** Of many records of that millisecond, those nearest to this one. */
function shownOf({ columns, rows, after, at }: AnswerOf<'surrounding'>, key: string) {
  const records = rows.map((row) => {
    const record = recordAt(columns, row)
    return { record, key: recordKey(record) }
  })
  const same = records.slice(after, after + at)
  const own = Math.max(
    0,
    same.findIndex((one) => one.key === key),
  )
  return [
    ...records.slice(0, after),
    ...same.slice(Math.max(0, own - AROUND), own + AROUND + 1),
    ...records.slice(after + at),
  ]
}
