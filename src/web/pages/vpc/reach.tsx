/** Why can't A reach B: both directions between two addresses, at each interface, and what they say together. */
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useMemo, useState, type FormEvent } from 'react'
import type { AnswerOf } from '../../../shared/api/contract.ts'
import { parseIp } from '../../../shared/schema/ip.ts'
import type { FieldName } from '../../../shared/schema/fields.ts'
import type { JsonValue } from '../../../shared/schema/kinds.ts'
import { usePageSearch } from '../../app/search.ts'
import { exactnessOf } from '../../data/exactness.ts'
import { useQuestion, useRecords } from '../../data/hooks.ts'
import { toNumber } from '../../data/numbers.ts'
import { Button } from '../../parts/button.tsx'
import { DataTable, type DataColumn } from '../../parts/data-table.tsx'
import { SecurityGroups } from '../../parts/cloud-interface.tsx'
import { FieldValue } from '../../parts/field-value.tsx'
import { TextField } from '../../parts/field.tsx'
import { NumberText } from '../../parts/number-text.tsx'
import { Panel, PanelBody, stateOf } from '../../parts/panel.tsx'
import { Tag } from '../../parts/tag.tsx'
import { readingOf, type Seen } from './reading.ts'
import { vpcCodec } from './state.ts'
import { texts } from './texts.ts'
import styles from './vpc.module.css'

interface SeenRow extends Seen {
  readonly key: string
  readonly packets: number
}

interface Asked {
  readonly a: string
  readonly b: string
  readonly port: string
}

const GROUPS = ['src.ip', 'interface.id', 'direction', 'action', 'reject.reason'] as const satisfies FieldName[]
const MOST_GROUPS = 200
const RECORDS = 20
const COLUMNS = [
  'end',
  'src.ip',
  'dst.ip',
  'interface.id',
  'direction',
  'action',
  'tcp.flags',
  'src.port',
  'dst.port',
  'packets',
  'bytes',
] as const satisfies FieldName[]

export function Reach() {
  const [{ a, b, port }] = usePageSearch(vpcCodec)
  const asked = { a, b, port }
  const ready = a !== '' && b !== '' && problemOf(asked) === null
  return (
    <Panel title={texts.reach.title} {...(ready ? { basis: { parts: [texts.reach.basis] } } : {})}>
      <ReachForm key={`${a} ${b} ${port}`} {...asked} />
      {ready ? <Found {...asked} /> : null}
    </Panel>
  )
}

function ReachForm(known: Asked) {
  const [, set] = usePageSearch(vpcCodec)
  const [draft, setDraft] = useState<Asked>(known)
  const [said, setSaid] = useState<string | null>(null)
  const change = (part: Partial<Asked>) => setDraft({ ...draft, ...part })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const asked = { a: draft.a.trim(), b: draft.b.trim(), port: draft.port.trim() }
    const problem = problemOf(asked)
    setSaid(problem)
    if (problem === null) set(asked)
  }
  return (
    <form className={styles['form']} onSubmit={submit}>
      <TextField label={texts.reach.a} value={draft.a} mono onChange={(a) => change({ a })} placeholder="10.0.1.11" />
      <TextField label={texts.reach.b} value={draft.b} mono onChange={(b) => change({ b })} placeholder="10.0.2.17" />
      <TextField
        label={texts.reach.port}
        value={draft.port}
        mono
        inputMode="numeric"
        maxLength={5}
        onChange={(port) => change({ port })}
        placeholder="443"
      />
      <Button type="submit" variant="filled">
        {texts.reach.ask}
      </Button>
      <p
        className={`${styles['hint']} ${said === null ? '' : styles['wrong']}`}
        role={said === null ? undefined : 'alert'}
      >
        {said ?? texts.reach.intro}
      </p>
    </form>
  )
}

/** What is wrong with what was typed, if anything. */
function problemOf({ a, b, port }: Asked): string | null {
  for (const address of [a, b]) if (parseIp(address) === null) return texts.reach.notAddress(address)
  return port === '' || (/^\d{1,5}$/.test(port) && Number(port) <= 65_535) ? null : texts.reach.notPort(port)
}

function Found({ a, b, port }: Asked) {
  const [to, back] = port === '' ? ['', ''] : [` and dst.port:${port}`, ` and src.port:${port}`]
  const filter = `(src.ip:${a} and dst.ip:${b}${to}) or (src.ip:${b} and dst.ip:${a}${back})`
  const result = useQuestion({
    groupBy: [...GROUPS],
    measures: ['flows', 'packets'],
    limit: MOST_GROUPS,
    scope: 'all',
    filter,
  })
  const records = useRecords(
    { filter, scope: 'all', fields: [...COLUMNS], limit: RECORDS, count: 'none' },
    { refresh: true },
  )
  const rows = useMemo(() => (result.data ? rowsOf(result.data, a) : []), [result.data, a])
  const page = records.data?.pages[0]
  const columns: DataColumn<SeenRow>[] = [
    { id: 'way', label: texts.reach.way, cell: ({ way }) => texts.reach[way] },
    {
      id: 'interface',
      label: texts.reach.interface,
      grow: true,
      cell: (row) => <FieldValue field="interface.id" value={row.interface === '' ? null : row.interface} />,
    },
    {
      id: 'direction',
      label: texts.reach.direction,
      cell: (row) => <FieldValue field="direction" value={row.direction} />,
    },
    { id: 'action', label: texts.reach.action, cell: (row) => <Action value={row.action} /> },
    {
      id: 'reason',
      label: texts.reach.reason,
      wide: true,
      cell: (row) => <FieldValue field="reject.reason" value={row.reason} />,
    },
    {
      id: 'groups',
      label: texts.reach.groups,
      wide: true,
      cell: (row) => <SecurityGroups id={row.interface} />,
    },
    { id: 'flows', label: texts.flows, align: 'right', cell: (row) => <NumberText value={row.flows} unit="flows" /> },
    {
      id: 'packets',
      label: texts.reach.packets,
      align: 'right',
      wide: true,
      cell: (row) => <NumberText value={row.packets} unit="packets" />,
    },
  ]
  return (
    <PanelBody state={stateOf(result, { is: false, why: '' })}>
      <ul className={styles['reading']} aria-live="polite">
        {readingOf(rows).map(({ tone, text }) => (
          <li key={text} className={styles[tone]}>
            {tone === 'ok' ? <IconCheck size={16} aria-hidden /> : <IconAlertTriangle size={16} aria-hidden />}
            {text}
          </li>
        ))}
      </ul>
      {rows.length === 0 ? null : (
        <div className={styles['found']}>
          <div>
            <h3 className={styles['caption']}>
              {texts.reach.summary}
              {result.data && !exactIn(result.data) ? ` · ${exactnessOf(result.data.meta).kind}` : ''}
            </h3>
            <DataTable
              label={texts.reach.summary}
              columns={columns}
              rows={rows}
              rowKey={({ key }) => key}
              maxHeight={300}
            />
          </div>
          {page ? (
            <div>
              <h3 className={styles['caption']}>
                {texts.reach.records}, {texts.reach.more(page.rows.length)}
              </h3>
              <DataTable
                label={texts.reach.records}
                columns={recordColumns(page)}
                rows={page.rows.map((cells, i) => ({ key: String(i), cells }))}
                rowKey={({ key }) => key}
                maxHeight={300}
              />
            </div>
          ) : null}
        </div>
      )}
    </PanelBody>
  )
}

function exactIn({ meta }: AnswerOf<'query'>): boolean {
  return meta.exact && !meta.estimated
}

function rowsOf(answer: AnswerOf<'query'>, a: string): readonly SeenRow[] {
  const at = (name: string) => answer.columns.findIndex((column) => column.name === name)
  const places = Object.fromEntries([...GROUPS, 'flows', 'packets'].map((name) => [name, at(name)]))
  const end = answer.meta.otherRow ?? answer.rows.length
  const plain = canonical(a)
  return answer.rows
    .slice(0, end)
    .map((row, i): SeenRow => {
      const cell = (name: string): JsonValue => row[places[name] ?? -1] ?? null
      const text = (name: string) => (cell(name) === null ? null : String(cell(name)))
      return {
        key: String(i),
        way: canonical(String(cell('src.ip'))) === plain ? 'request' : 'answer',
        interface: text('interface.id') ?? '',
        direction: text('direction') as SeenRow['direction'],
        action: text('action') as SeenRow['action'],
        reason: text('reject.reason'),
        flows: toNumber(cell('flows')) ?? 0,
        packets: toNumber(cell('packets')) ?? 0,
      }
    })
    .toSorted(
      (x, y) =>
        Number(x.way === 'answer') - Number(y.way === 'answer') ||
        Number(x.direction === 'ingress') - Number(y.direction === 'ingress'),
    )
}

/** Two spellings of an IPv6 address are one. */
function canonical(address: string): string {
  return JSON.stringify(parseIp(address), (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
}

type RecordRow = { readonly key: string; readonly cells: readonly JsonValue[] }

function recordColumns(page: AnswerOf<'flows'>): DataColumn<RecordRow>[] {
  return COLUMNS.map((name): DataColumn<RecordRow> => {
    const at = page.columns.findIndex((column) => column.name === name)
    const number = name === 'packets' || name === 'bytes'
    return {
      id: name,
      label: texts.reach.columns[name],
      align: number ? 'right' : 'left',
      cell: ({ cells }) =>
        name === 'action' ? (
          <Action value={cells[at] === null ? null : (String(cells[at]) as Seen['action'])} />
        ) : (
          <FieldValue field={name} value={cells[at] ?? null} />
        ),
    }
  })
}

function Action({ value }: { readonly value: Seen['action'] }) {
  return value === null ? (
    <FieldValue field="action" value={null} />
  ) : (
    <Tag tone={value === 'reject' ? 'bad' : 'ok'}>{value}</Tag>
  )
}
