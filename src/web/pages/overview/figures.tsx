/** The strip of figures at the top of the Overview. */
import { useMemo } from 'react'
import { format, formatDuration } from '../../../shared/schema/units.ts'
import { useRange, useView, viewParams } from '../../app/search.ts'
import { peakIndex, readSeries, statsOf } from '../../data/answers.ts'
import { useExporters, useHealth, type QueryAnswer } from '../../data/hooks.ts'
import { asRate } from '../../data/metrics.ts'
import { clockText, intervalText } from '../../data/times.ts'
import { Figure, Figures } from '../../parts/figure.tsx'
import { toNumber } from '../../data/numbers.ts'
import { lostInWeir } from '../../shell/pulse.tsx'
import { exploreParams } from '../explore/search.ts'
import { exporterState } from '../health/exporter-state.ts'
import styles from './overview.module.css'
import { texts } from './texts.ts'

/** What these figures need of a question without groups. */
export const FIGURE_MEASURES = ['bps', 'pps', 'fps', 'bytes', 'packets', 'flows'] as const

const EXPORTERS_MS = 5000

interface OverviewFiguresProps {
  readonly answer: QueryAnswer | undefined
  readonly weekBefore: readonly (number | null)[] | null
  /** The first answer is here; what is less urgent may be asked for. */
  readonly settled: boolean
}

export function OverviewFigures({ answer, weekBefore, settled }: OverviewFiguresProps) {
  const [view] = useView()
  const { live } = useRange()
  const course = useMemo(() => (answer ? courses(answer) : null), [answer])
  const totals = answer?.meta.totals
  const bytes = toNumber(totals?.bytes ?? null)
  const packets = toNumber(totals?.packets ?? null)
  const search = (measure: 'bps' | 'pps' | 'fps') => ({ ...viewParams(view), ...exploreParams({ measure }) })
  const bits = course?.bps
  const change = bits && weekBefore ? changeOf(bits.values[bits.now] ?? null, weekBefore[bits.now] ?? null) : null
  return (
    <Figures label={texts.figures}>
      <Figure
        label={texts.now(live)}
        value={bits?.values[bits.now] ?? null}
        unit="bit/s"
        spark={bits?.values}
        to="/explore"
        search={search('bps')}
      >
        {change === null ? (
          bits ? (
            texts.nowAt(clockText(bits.nowEnds, bits.intervalMs < 60_000), intervalText(bits.intervalMs))
          ) : null
        ) : (
          <Change share={change} />
        )}
      </Figure>
      <Figure label={texts.peak} value={bits?.stats.max ?? null} unit="bit/s" to="/explore" search={search('bps')}>
        {bits && bits.stats.max !== null ? texts.peakAt(clockText(bits.peakAt), format(bits.stats.p95, 'bit/s')) : null}
      </Figure>
      <Figure label={texts.carried} value={bytes} unit="B" to="/explore" search={search('bps')}>
        {bytes === null
          ? null
          : texts.average(
              format(asRate('bps', bytes, bits?.coveredMs ?? 0), 'bit/s'),
              formatDuration(bits?.coveredMs ?? 0),
            )}
      </Figure>
      <Figure
        label={texts.packets(live)}
        value={course?.pps.values[course.pps.now] ?? null}
        unit="packets/s"
        spark={course?.pps.values}
        to="/explore"
        search={search('pps')}
      >
        {bytes !== null && packets ? texts.packetSize(format(bytes / packets, 'B')) : null}
      </Figure>
      <Figure
        label={texts.flows(live)}
        value={course?.fps.values[course.fps.now] ?? null}
        unit="flows/s"
        spark={course?.fps.values}
        to="/flows"
        search={viewParams(view)}
      >
        {totals ? texts.flowsAll(format(toNumber(totals.flows), '')) : null}
      </Figure>
      <ExportersFigure settled={settled} />
      <LostFigure settled={settled} />
    </Figures>
  )
}

function ExportersFigure({ settled }: { readonly settled: boolean }) {
  const exporters = useExporters(EXPORTERS_MS, settled)
  const list = exporters.data ?? []
  const silent = list.filter((exporter) => exporterState(exporter, exporters.dataUpdatedAt) === 'silent')
  const [first] = silent
  return (
    <Figure
      label={texts.exporters}
      value={exporters.data ? list.length - silent.length : null}
      {...(silent.length > 0 ? { of: texts.of(list.length), tone: 'bad' as const } : {})}
      to="/health"
    >
      {first
        ? texts.silentSince(first.address, clockText(first.lastSeen), silent.length - 1)
        : list.length > 0
          ? texts.exportersFine
          : exporters.data
            ? texts.exportersNone
            : null}
    </Figure>
  )
}

function LostFigure({ settled }: { readonly settled: boolean }) {
  const health = useHealth()
  const exporters = useExporters(EXPORTERS_MS, settled)
  const lost = health.data ? lostInWeir(health.data) : null
  const missing = (exporters.data ?? []).reduce((sum, exporter) => sum + exporter.sequence.missing, 0)
  return (
    <Figure label={texts.lost} value={lost} tone={lost ? 'bad' : missing > 0 ? 'warn' : 'normal'} to="/health">
      {missing > 0
        ? texts.lostBefore(format(missing, ''))
        : health.data
          ? texts.lostSince(formatDuration(health.data.uptimeSeconds * 1000))
          : null}
    </Figure>
  )
}

function Change({ share }: { readonly share: number }) {
  const up = share >= 0
  return (
    <span>
      <span className={up ? styles['rise'] : styles['fall']}>
        {up ? '▲' : '▼'} {Math.abs(share * 100).toFixed(0)}
        {'\u2009'}%
      </span>{' '}
      {texts.onLastWeek('').trim()}
    </span>
  )
}

interface Course {
  readonly values: readonly (number | null)[]
  readonly intervalMs: number
  readonly stats: ReturnType<typeof statsOf>
  readonly coveredMs: number
  /** Index of the last bucket that has ended, or of the one under way where none has. */
  readonly now: number
  readonly nowEnds: number
  readonly peakAt: number
}

function courses(answer: QueryAnswer): { readonly bps: Course; readonly pps: Course; readonly fps: Course } {
  const read = (measure: 'bps' | 'pps' | 'fps'): Course => {
    const series = readSeries(answer, [], measure)
    const values = series.groups[0]?.values ?? []
    const ended = series.times.findLastIndex(
      (time, i) => time + series.intervalMs <= answer.meta.to && (values[i] ?? null) !== null,
    )
    const now = ended >= 0 && (values[ended] ?? 0) > 0 ? ended : values.findLastIndex((value) => value !== null)
    return {
      values,
      intervalMs: series.intervalMs,
      stats: statsOf(values),
      coveredMs: series.coveredMs,
      now,
      nowEnds: Math.min(answer.meta.to, (series.times[now] ?? answer.meta.to) + series.intervalMs),
      peakAt: series.times[peakIndex(values)] ?? answer.meta.from,
    }
  }
  return { bps: read('bps'), pps: read('pps'), fps: read('fps') }
}

function changeOf(now: number | null, before: number | null): number | null {
  return now === null || !before ? null : now / before - 1
}
