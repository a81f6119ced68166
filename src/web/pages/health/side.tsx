/** What stands beside the exporters: findings, storage, questions. */
import { IconCircleCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { format, formatDuration } from '../../../shared/schema/units.ts'
import type { Health } from '../../data/hooks.ts'
import { agoText, dateTimeText } from '../../data/times.ts'
import { DataTable, type DataColumn } from '../../parts/data-table.tsx'
import { Notice } from '../../parts/notice.tsx'
import { exact } from '../../data/numbers.ts'
import { NumberText } from '../../parts/number-text.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Tag, type Tone } from '../../parts/tag.tsx'
import styles from './health.module.css'
import { KeptList } from './retention.tsx'
import { texts } from './texts.ts'

type Partition = Health['store']['partitions'][number]
const LEVEL_TONES: Record<Health['findings'][number]['level'], Tone> = { info: 'info', warn: 'warn', error: 'bad' }
/** Days that are shown before the list scrolls. */
const DAYS_HEIGHT = 270

export function Findings({ findings }: { readonly findings: Health['findings'] }) {
  return (
    <Panel title={texts.findings.title} basis={{ parts: findings.length === 0 ? [] : [String(findings.length)] }}>
      {findings.length === 0 ? (
        <p className={styles['calm']}>
          <IconCircleCheck size={16} aria-hidden />
          {texts.findings.none}
        </p>
      ) : (
        <ul className={styles['list']}>
          {findings.map((finding) => (
            <li key={`${finding.code} ${finding.message}`} className={styles['finding']}>
              <Tag tone={LEVEL_TONES[finding.level]}>{texts.findings.levels[finding.level]}</Tag>
              <p>{finding.message}</p>
              <p>{finding.remedy}</p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

export function Storage({ store, asOf }: { readonly store: Health['store']; readonly asOf: number }) {
  const { storage } = texts
  const figures: readonly [string, ReactNode][] = [
    [storage.flows, <NumberText key="flows" value={store.flows} />],
    [storage.disk, <NumberText key="disk" value={bytesOf(store)} unit="B" />],
    [storage.perFlow, store.flows === 0 ? '–' : format(store.bytesOnDisk / store.flows, 'B')],
    [storage.oldest, timeOf(store.oldest)],
    [storage.newest, timeOf(store.newest)],
    [storage.commit, store.lastCommitMs === null ? '–' : agoText(asOf - store.lastCommitMs)],
    [storage.stall, formatDuration(store.longestCommitMs)],
  ]
  return (
    <Panel title={storage.title} basis={{ parts: [store.kind] }}>
      {store.lastError || store.recovered ? (
        <div className={styles['notices']}>
          {store.lastError ? (
            <Notice level="error" title={storage.failing}>
              {store.lastError}
            </Notice>
          ) : null}
          {store.recovered ? (
            <Notice level="info" title={storage.recovered}>
              {store.recovered}
            </Notice>
          ) : null}
        </div>
      ) : null}
      <FigureList figures={figures} />
      <KeptList retention={store.retention} />
      <div className={styles['days']}>
        <h3>{store.partitions.length === 0 ? storage.empty : storage.partitions}</h3>
        {store.partitions.length === 0 ? null : (
          <DataTable
            label={storage.partitions}
            columns={partitionColumns(Math.max(...store.partitions.map((one) => one.bytesOnDisk)))}
            rows={store.partitions}
            rowKey={(one) => one.day}
            maxHeight={DAYS_HEIGHT}
          />
        )}
      </div>
    </Panel>
  )
}

export function Questions({ questions }: { readonly questions: Health['questions'] }) {
  const figures: readonly [string, ReactNode][] = [
    [texts.questions.asked, exact(questions.asked)],
    [texts.questions.p50, formatDuration(questions.p50Ms)],
    [texts.questions.p95, formatDuration(questions.p95Ms)],
    [texts.questions.failed, exact(questions.failed)],
  ]
  return (
    <Panel title={texts.questions.title} basis={{ parts: [texts.questions.since] }}>
      <FigureList figures={figures} />
    </Panel>
  )
}

const partitionColumns = (largest: number): readonly DataColumn<Partition>[] => [
  { id: 'day', label: texts.storage.columns.day, cell: (one) => one.day },
  { id: 'flows', label: texts.storage.columns.flows, align: 'right', cell: (one) => <NumberText value={one.flows} /> },
  {
    id: 'size',
    label: texts.storage.columns.size,
    align: 'right',
    cell: (one) => <NumberText value={one.bytesOnDisk} unit="B" />,
  },
  {
    id: 'share',
    label: <span className="visually-hidden">{texts.storage.columns.share}</span>,
    grow: true,
    wide: true,
    cell: (one) => (
      <span
        className={`${styles['meter']} ${styles['wide']}`}
        role="img"
        aria-label={`${Math.round((one.bytesOnDisk / largest) * 100)} %`}
      >
        <i style={{ width: `${(one.bytesOnDisk / largest) * 100}%` }} />
      </span>
    ),
  },
  {
    id: 'state',
    label: texts.storage.columns.state,
    cell: (one) => (
      <span title={one.reason}>
        <Tag tone={one.state === 'ok' ? 'ok' : 'bad'}>{texts.storage.states[one.state]}</Tag>
      </span>
    ),
  },
]

function FigureList({ figures }: { readonly figures: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles['figures']}>
      {figures.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Flows, sums of them and counters. */
function bytesOf({ retention }: Health['store']): number {
  return retention.kept.reduce((sum, { bytesOnDisk }) => sum + bytesOnDisk, 0)
}

function timeOf(ms: number | null): string {
  return ms === null ? '–' : dateTimeText(ms)
}
