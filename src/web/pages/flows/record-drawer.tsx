/** One record: its fields by meaning, its conversation, and the way on. */
import { useQuery } from '@tanstack/react-query'
import { IconArrowDown, IconArrowUp, IconFilter } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { AnswerOf } from '../../../shared/api/contract.ts'
import type { FieldName } from '../../../shared/schema/fields.ts'
import { format } from '../../../shared/schema/units.ts'
import { useView } from '../../app/search.ts'
import { call, type CallError } from '../../data/client.ts'
import { clauseOf } from '../../data/clause.ts'
import { Button } from '../../parts/button.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Drawer } from '../../parts/drawer.tsx'
import { FieldValue } from '../../parts/field-value.tsx'
import { toNumber } from '../../data/numbers.ts'
import { PanelBody, stateOf } from '../../parts/panel.tsx'
import { withPill } from '../../parts/value-menu.tsx'
import { recordFields } from './columns.ts'
import { Conversation } from './conversation.tsx'
import styles from './flows.module.css'
import recordStyles from './record.module.css'
import { SeenEnds } from './seen.tsx'
import { Surrounding } from './surrounding.tsx'
import {
  bracketsOf,
  conversationOf,
  orderedEntries,
  otherFields,
  parseRecordKey,
  recordAt,
  recordKey,
  RECORD_SECTIONS,
  type FlowRecord,
} from './record.ts'
import { texts } from './texts.ts'

interface RecordDrawerProps {
  readonly recordKey: string
  readonly onClose: () => void
  /** Opens another record. */
  readonly onOpen: (key: string) => void
  /** Opens the record before or after; undefined where there is none. */
  readonly onPrevious: (() => void) | undefined
  readonly onNext: (() => void) | undefined
}

/** Records with the same key values, of which one is meant. */
const SAME_KEY = 50

export function RecordDrawer({ recordKey: key, onClose, onOpen, onPrevious, onNext }: RecordDrawerProps) {
  const [view, setView] = useView()
  const result = useRecord(key)
  const record = result.data ?? undefined
  const conversation = record ? conversationOf(record) : undefined
  const json = record ? JSON.stringify(Object.fromEntries(orderedEntries(record)), null, 2) : ''
  return (
    <Drawer
      title={texts.record.title}
      takeFocus={false}
      onClose={onClose}
      actions={
        <>
          <Button
            icon
            small
            variant="subtle"
            aria-label={texts.record.previous}
            disabled={!onPrevious}
            onClick={onPrevious}
          >
            <IconArrowUp size={16} aria-hidden />
          </Button>
          <Button icon small variant="subtle" aria-label={texts.record.next} disabled={!onNext} onClick={onNext}>
            <IconArrowDown size={16} aria-hidden />
          </Button>
        </>
      }
      foot={
        record ? (
          <>
            {conversation ? (
              <Button variant="filled" onClick={() => setView({ pills: withPill(view.pills, conversation, false) })}>
                <IconFilter size={15} aria-hidden />
                {texts.record.conversation}
              </Button>
            ) : null}
            <CopyButton
              text={json}
              label={texts.record.copy}
              done={texts.record.copied}
              failed={texts.record.copyFailed}
            />
          </>
        ) : null
      }
    >
      <PanelBody state={stateOf(result, { is: result.data === null, why: texts.record.gone })}>
        {record ? (
          <>
            <Ends record={record} />
            {conversation ? <Conversation record={record} clause={conversation} /> : null}
            <Sections record={record} />
            <SeenEnds record={record} />
            <Surrounding key={key} record={record} onOpen={onOpen} />
          </>
        ) : null}
      </PanelBody>
    </Drawer>
  )
}

/** The record that a key names, with all its fields; null where there is none. */
function useRecord(key: string) {
  return useQuery<FlowRecord | null, CallError>({
    queryKey: ['record', key],
    queryFn: async ({ signal }) => {
      const parts = parseRecordKey(key)
      if (!parts) return null
      const end = Number(parts.get('end'))
      const filter = clauseOf(
        (['exporter', 'src.ip', 'src.port', 'dst.ip', 'dst.port', 'proto'] as const).map((field) => ({
          field,
          value: parts.get(field) || null,
        })),
      )
      const answer: AnswerOf<'flows'> = await call(
        'flows',
        { from: end, to: end + 1, filter, fields: recordFields().map((field) => field.name), limit: SAME_KEY },
        signal,
      )
      return answer.rows.map((row) => recordAt(answer.columns, row)).find((record) => recordKey(record) === key) ?? null
    },
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (previous) => previous ?? undefined,
  })
}

function Ends({ record }: { readonly record: FlowRecord }) {
  const end = (side: 'src' | 'dst'): ReactNode => {
    const port = record[`${side}.port`] ?? null
    const [open, shut] = bracketsOf(record, side)
    return (
      <>
        {open}
        <strong>{record[`${side}.ip`] ?? '–'}</strong>
        {shut}
        {port === null ? null : <span className={styles['faint']}>:{port}</span>}
      </>
    )
  }
  return (
    <p className={recordStyles['ends']}>
      {end('src')} <span aria-label="to">→</span> {end('dst')}
    </p>
  )
}

function Sections({ record }: { readonly record: FlowRecord }) {
  const sections = [...RECORD_SECTIONS, { id: 'other' as const, fields: otherFields() }]
  const absent = recordFields()
    .filter((field) => (record[field.name] ?? null) === null)
    .map((field) => field.name)
  return (
    <>
      {sections.map(({ id, fields }) => {
        const known = fields.filter((name) => (record[name] ?? null) !== null)
        if (known.length === 0) return null
        return (
          <section key={id} className={recordStyles['section']}>
            <h3>{texts.record.sections[id]}</h3>
            <dl>
              {known.map((name) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>
                    <FieldValue field={name} value={record[name] ?? null} /> <Beside name={name} record={record} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        )
      })}
      {absent.length > 0 ? (
        <details className={recordStyles['absent']}>
          <summary>{texts.record.absent(absent.length)}</summary>
          <p>{absent.join(', ')}</p>
        </details>
      ) : null}
    </>
  )
}

/** What a figure comes to: bytes as a rate, packets as their average size. */
function Beside({ name, record }: { readonly name: FieldName; readonly record: FlowRecord }) {
  const bytes = toNumber(record.bytes)
  const packets = toNumber(record.packets)
  const duration = toNumber(record.duration)
  let text = ''
  if (name === 'bytes' && bytes !== null && duration !== null && duration > 0)
    text = format((bytes * 8000) / duration, 'bit/s')
  if (name === 'packets' && bytes !== null && packets !== null && packets > 0)
    text = texts.record.average(format(bytes / packets, 'B'))
  return text === '' ? null : <span className={styles['faint']}>{text}</span>
}
