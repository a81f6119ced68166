/** The exporters, worst first; each opens its details. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { format, formatDuration, scale } from '../../../shared/schema/units.ts'
import { readSeries } from '../../data/answers.ts'
import { call } from '../../data/client.ts'
import type { Exporter, QueryAnswer } from '../../data/hooks.ts'
import { agoText, dateTimeText } from '../../data/times.ts'
import { buttonClass } from '../../parts/button.tsx'
import { DataTable, type DataColumn } from '../../parts/data-table.tsx'
import { exact } from '../../data/numbers.ts'
import { NumberText } from '../../parts/number-text.tsx'
import { Panel, type PanelState } from '../../parts/panel.tsx'
import { protocolName } from '../../parts/protocols.ts'
import { Sparkline } from '../../parts/sparkline.tsx'
import { Tag, type Tone } from '../../parts/tag.tsx'
import { exporterState, isClockOff, lostInside, lostShare, worstFirst, type ExporterState } from './exporter-state.ts'
import styles from './health.module.css'
import { texts } from './texts.ts'

interface ExportersProps {
  readonly exporters: readonly Exporter[]
  readonly state: PanelState
  readonly asOf: number
  /** The one whose details are open. */
  readonly chosen: string
  readonly onChoose: (address: string) => void
}

const TONES: Record<ExporterState, Tone> = {
  silent: 'bad',
  losing: 'warn',
  sampling: 'warn',
  clock: 'warn',
  receiving: 'ok',
}
/** The last hour of each exporter; a course, not a figure, so seldom is enough. */
const COURSE = {
  from: 'now-1h',
  to: 'now',
  groupBy: ['exporter'],
  measures: ['fps' as const],
  interval: 'auto',
  limit: 100,
  other: false,
}
const COURSE_EVERY_MS = 30_000

export function Exporters({ exporters, state, asOf, chosen, onChoose }: ExportersProps) {
  const courses = useCourses()
  const flows = exporters.reduce((sum, one) => sum + one.flowsPerSecond, 0)
  return (
    <Panel
      title={texts.exporters.title}
      basis={{ parts: [String(exporters.length), format(flows, 'flows/s'), texts.exporters.worstFirst] }}
      state={state}
      actions={
        <Link to="/get-data" className={buttonClass({ variant: 'quiet', small: true })}>
          <IconPlus size={15} aria-hidden />
          {texts.exporters.add}
        </Link>
      }
    >
      <DataTable
        label={texts.exporters.title}
        columns={columnsFor(asOf, courses, chosen, onChoose)}
        rows={worstFirst(exporters, asOf)}
        rowKey={(one) => one.address}
        lit={chosen === '' ? null : chosen}
      />
    </Panel>
  )
}

function columnsFor(
  asOf: number,
  courses: ReadonlyMap<string, readonly (number | null)[]>,
  chosen: string,
  onChoose: (address: string) => void,
): readonly DataColumn<Exporter>[] {
  const { columns } = texts.exporters
  return [
    {
      id: 'address',
      label: columns.address,
      cell: (one) => (
        <button
          type="button"
          className={styles['address']}
          aria-label={texts.exporters.open(one.name || one.address)}
          aria-expanded={one.address === chosen}
          onClick={() => onChoose(one.address === chosen ? '' : one.address)}
        >
          {one.name || one.address}
        </button>
      ),
    },
    {
      id: 'protocol',
      label: columns.protocol,
      cell: (one) => <Clipped text={one.protocols.map(protocolName).join(', ')} />,
    },
    {
      id: 'flows',
      label: columns.flows,
      align: 'right',
      cell: (one) => (
        <span className={styles['spark']}>
          <Sparkline values={courses.get(one.address) ?? []} width={44} height={18} />
          <NumberText value={one.flowsPerSecond} />
        </span>
      ),
    },
    {
      id: 'templates',
      label: columns.templates,
      align: 'right',
      wide: true,
      cell: (one) => (one.templates.length === 0 ? <Faint>–</Faint> : one.templates.length),
    },
    { id: 'sampling', label: columns.sampling, wide: true, cell: (one) => <Sampling exporter={one} /> },
    { id: 'lost', label: columns.lost, align: 'right', cell: (one) => <Lost exporter={one} /> },
    { id: 'clock', label: columns.clock, align: 'right', wide: true, cell: (one) => <Clock exporter={one} /> },
    { id: 'unknown', label: columns.unknown, wide: true, cell: (one) => <Unknown exporter={one} /> },
    {
      id: 'seen',
      label: columns.seen,
      align: 'right',
      wide: true,
      cell: (one) => (
        <span title={dateTimeText(one.lastSeen, true)}>{agoText(asOf - one.lastSeen).replace(' ago', '')}</span>
      ),
    },
    {
      id: 'state',
      label: columns.state,
      cell: (one) => {
        const state = exporterState(one, asOf)
        return <Tag tone={TONES[state]}>{texts.exporters.states[state]}</Tag>
      },
    },
  ]
}

function Sampling({ exporter }: { readonly exporter: Exporter }) {
  const known = exporter.sampling.filter((one) => one.source !== 'none')
  if (known.length === 0)
    return <span className={exporter.flows > 0 ? styles['warn'] : styles['faint']}>{texts.exporters.notAnnounced}</span>
  const rates = [...new Set(known.map((one) => one.rate))].toSorted((a, b) => a - b)
  const sources = [...new Set(known.map((one) => one.source))]
  const shown = rates.slice(0, 2).map((rate) => (rate === 1 ? texts.exporters.everyPacket : `1 : ${exact(rate)}`))
  const text = shown.join(', ') + (rates.length > 2 ? ` ${texts.exporters.more(rates.length - 2)}` : '')
  return (
    <Clipped text={text}>
      <Faint>{sources.join(', ')}</Faint>
    </Clipped>
  )
}

function Lost({ exporter }: { readonly exporter: Exporter }) {
  const share = lostShare(exporter)
  const inside = lostInside(exporter)
  if (inside > 0)
    return (
      <span className={styles['bad']} title={exact(inside)}>
        {scale(inside, '').text + scale(inside, '').unit}
      </span>
    )
  if (share === 0) return <>0</>
  return (
    <span className={styles['warn']} title={texts.drawer.missing(exporter.sequence.missing, exporter.sequence.unit)}>
      {(share * 100).toPrecision(2)} %
    </span>
  )
}

function Clock({ exporter }: { readonly exporter: Exporter }) {
  const offset = exporter.clockOffsetMs
  if (offset === null) return <Faint>–</Faint>
  const text = `${offset > 0 ? '+' : offset < 0 ? '−' : ''}${formatDuration(Math.abs(Math.round(offset)))}`
  return <span className={isClockOff(exporter) ? styles['warn'] : undefined}>{text}</span>
}

function Unknown({ exporter }: { readonly exporter: Exporter }) {
  const [first, ...rest] = exporter.unknownElements
  if (!first) return <Faint>{texts.exporters.noneUnknown}</Faint>
  return (
    <>
      <span className={styles['mono']}>{first.element}</span>{' '}
      {rest.length > 0 ? <Faint>{texts.exporters.more(rest.length)}</Faint> : null}
    </>
  )
}

/** A list that may be longer than its column: all of it under the pointer. */
function Clipped({ text, children }: { readonly text: string; readonly children?: React.ReactNode }) {
  return (
    <span className={styles['clipped']} title={text}>
      {text} {children}
    </span>
  )
}

function Faint({ children }: { readonly children: React.ReactNode }) {
  return <span className={styles['faint']}>{children}</span>
}

/** Flows a second over the last hour, by exporter. */
function useCourses(): ReadonlyMap<string, readonly (number | null)[]> {
  const answer = useQuery<QueryAnswer>({
    queryKey: ['courses'],
    queryFn: ({ signal }) =>
      call('query', { ...COURSE, groupBy: [...COURSE.groupBy], measures: [...COURSE.measures] }, signal),
    refetchInterval: COURSE_EVERY_MS,
    placeholderData: keepPreviousData,
  })
  if (!answer.data) return new Map()
  return new Map(
    readSeries(answer.data, ['exporter'], 'fps').groups.map((group) => [String(group.cells[0]), group.values]),
  )
}
