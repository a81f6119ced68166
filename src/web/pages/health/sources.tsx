/** Sources of flow logs: whether each comes, how far behind it is, and what it could not read. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AnswerOf } from '../../../shared/api/contract.ts'
import { format, formatDuration } from '../../../shared/schema/units.ts'
import { call, type CallError } from '../../data/client.ts'
import type { Health } from '../../data/hooks.ts'
import { exact } from '../../data/numbers.ts'
import { dateTimeText } from '../../data/times.ts'
import { Button } from '../../parts/button.tsx'
import { DataTable, type DataColumn } from '../../parts/data-table.tsx'
import { Drawer } from '../../parts/drawer.tsx'
import { NumberText } from '../../parts/number-text.tsx'
import { Panel, PanelBody, stateOf } from '../../parts/panel.tsx'
import { Tag, type Tone } from '../../parts/tag.tsx'
import styles from './health.module.css'
import { texts } from './texts.ts'

type Source = Health['sources'][number]
type Letters = AnswerOf<'letters'>

const { sources: words } = texts
const TONES: Record<Source['state'], Tone> = { ok: 'ok', starting: 'info', failing: 'bad' }
const LETTERS_SHOWN = 100

export function Sources({ sources }: { readonly sources: Health['sources'] }) {
  const [isOpen, open] = useState(false)
  if (sources.length === 0) return null
  return (
    <Panel
      title={words.title}
      basis={{ parts: [words.basis] }}
      actions={
        <Button small onClick={() => open(true)}>
          {words.letters}
        </Button>
      }
    >
      <DataTable label={words.title} columns={COLUMNS} rows={sources} rowKey={({ name }) => name} />
      {isOpen ? <DeadLetters onClose={() => open(false)} /> : null}
    </Panel>
  )
}

const COLUMNS: readonly DataColumn<Source>[] = [
  { id: 'name', label: words.columns.name, grow: true, cell: ({ name }) => name },
  { id: 'type', label: words.columns.type, cell: ({ type }) => words.types[type] },
  {
    id: 'flows',
    label: words.columns.flows,
    align: 'right',
    cell: ({ flows }) => <NumberText value={flows} />,
  },
  {
    id: 'letters',
    label: words.columns.letters,
    align: 'right',
    cell: ({ deadLetters }) => exact(deadLetters),
  },
  {
    id: 'behind',
    label: words.columns.behind,
    align: 'right',
    wide: true,
    cell: ({ behindMs }) => (behindMs === null ? '–' : formatDuration(behindMs)),
  },
  { id: 'progress', label: words.columns.progress, wide: true, cell: ({ progress }) => progressText(progress) },
  {
    id: 'state',
    label: words.columns.state,
    cell: ({ state }) => <Tag tone={TONES[state]}>{words.states[state]}</Tag>,
  },
]

/** `12 of 300 objects, about 4 min left` */
export function progressText(progress: Source['progress']): string {
  if (progress === null) return '–'
  const { done, of, unit, remainingMs } = progress
  const part = of === null ? words.done(exact(done), unit) : words.doneOf(exact(done), exact(of), unit)
  return remainingMs === null ? part : words.left(part, formatDuration(remainingMs))
}

function DeadLetters({ onClose }: { readonly onClose: () => void }) {
  const answer = useQuery<Letters, CallError>({
    queryKey: ['letters'],
    queryFn: ({ signal }) => call('letters', { limit: LETTERS_SHOWN }, signal),
    placeholderData: keepPreviousData,
  })
  const letters = answer.data?.letters ?? []
  return (
    <Drawer title={words.letters} over onClose={onClose}>
      <PanelBody state={stateOf(answer, { is: letters.length === 0, why: words.noLetters })}>
        <p className={styles['outlook']}>{words.about(letters.length, format(answer.data?.bytes ?? 0, 'B'))}</p>
        <ul className={styles['list']}>
          {letters.map(({ atMs, source, record, reason, text }, i) => (
            // Several may be the same in all that is shown.
            <li key={`${i} ${source} ${record}`} className={styles['finding']}>
              <Tag tone="warn">{words.record(exact(record))}</Tag>
              <p>
                {source} · {dateTimeText(atMs, true)}
              </p>
              <p>{reason}</p>
              <pre className={styles['letter']}>{text}</pre>
            </li>
          ))}
        </ul>
      </PanelBody>
    </Drawer>
  )
}
