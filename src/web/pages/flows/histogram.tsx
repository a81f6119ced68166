/** Records, or their bytes, over time; a brush zooms in. */
import { format } from '../../../shared/schema/units.ts'
import type { FieldName } from '../../../shared/schema/fields.ts'
import { useView } from '../../app/search.ts'
import { readSeries, type Group } from '../../data/answers.ts'
import { useQuestion } from '../../data/hooks.ts'
import { intervalText } from '../../data/times.ts'
import { valueText } from '../../data/value-text.ts'
import { exactnessOf, resolutionText } from '../../data/exactness.ts'
import { Basis } from '../../parts/basis.tsx'
import { colorIndexes } from '../../parts/palette.ts'
import { PanelBody, stateOf } from '../../parts/panel.tsx'
import { Segments } from '../../parts/segments.tsx'
import { Swatch } from '../../parts/swatch.tsx'
import { TimeChart } from '../../parts/time-chart.tsx'
import { TEXTS } from '../../texts.ts'
import styles from './flows.module.css'
import { BREAKDOWNS, HISTOGRAM_MEASURES, type Breakdown, type HistogramMeasure } from './state.ts'
import { texts } from './texts.ts'

interface HistogramProps {
  readonly by: Breakdown
  readonly measure: HistogramMeasure
  readonly onChange: (change: { readonly by?: Breakdown; readonly measure?: HistogramMeasure }) => void
}

const HEIGHT = 138
const LIMIT = 5

export function Histogram({ by, measure, onChange }: HistogramProps) {
  const [, setView] = useView()
  const groupBy: FieldName[] = by === 'none' ? [] : [by]
  const result = useQuestion({ groupBy, measures: [measure], interval: 'auto', limit: LIMIT, other: true })
  const { data } = result
  const series = data ? readSeries(data, groupBy, measure) : undefined
  const groups = series?.groups ?? []
  const total = groups.reduce((sum, group) => sum + group.total, 0)
  const colors = colorIndexes(
    by,
    groups.map((group) => group.key),
  )
  const colorOf = (group: Group): number | undefined =>
    group.other ? undefined : by === 'none' ? 0 : colors.get(group.key)
  return (
    <section className={styles['histogram']} aria-label={texts.histogram.label(texts.histogram.measures[measure])}>
      <header className={styles['histogramHead']}>
        <Segments
          label={texts.histogram.measure}
          segments={HISTOGRAM_MEASURES.map((value) => ({ value, label: texts.histogram.measures[value] }))}
          value={measure}
          onChange={(value) => onChange({ measure: value })}
        />
        {data && series ? (
          <Basis
            parts={[texts.histogram.per(intervalText(series.intervalMs)), resolutionText(data.meta)]}
            exactness={exactnessOf(data.meta)}
          />
        ) : null}
        <span className={styles['by']}>{texts.histogram.by}</span>
        <Segments
          label={texts.histogram.byLabel}
          segments={BREAKDOWNS.map((value) => ({ value, label: texts.histogram.bys[value] }))}
          value={by}
          onChange={(value) => onChange({ by: value })}
        />
        {by === 'none' ? null : (
          <ul className={styles['legend']}>
            {groups.map((group) => (
              <li key={group.key}>
                <Swatch color={colorOf(group)} />
                {nameOf(group, by)} <span className={styles['faint']}>{shareText(group.total, total)}</span>
              </li>
            ))}
          </ul>
        )}
      </header>
      <div style={{ minHeight: HEIGHT }}>
        <PanelBody state={stateOf(result, { is: false, why: '' })}>
          {data && series ? (
            <TimeChart
              label={texts.histogram.label(texts.histogram.measures[measure])}
              kind="bars"
              times={series.times}
              intervalMs={series.intervalMs}
              fromMs={data.meta.from}
              toMs={data.meta.to}
              dataFromMs={data.meta.dataFrom}
              series={groups.map((group) => ({
                key: group.key,
                label: nameOf(group, by),
                color: colorOf(group),
                values: group.values,
              }))}
              unit={measure === 'flows' ? 'flows' : 'B'}
              height={HEIGHT}
              onZoom={(fromMs, toMs) => setView({ from: String(fromMs), to: String(toMs) })}
            />
          ) : null}
        </PanelBody>
      </div>
    </section>
  )

  function nameOf(group: Group, field: Breakdown): string {
    if (field === 'none')
      return `${texts.histogram.measures[measure]} ${format(group.total, measure === 'bytes' ? 'B' : '')}`
    return group.other ? TEXTS.other : valueText(field, group.cells[0] ?? null)
  }
}

function shareText(part: number, whole: number): string {
  return whole === 0 ? '' : `${((part / whole) * 100).toFixed(1)} %`
}
