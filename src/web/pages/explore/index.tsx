/** Explore: any question, as a chart and its table. */
import { IconCode, IconDownload, IconListSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { addsUp, describeMeasure } from '../../../shared/query/measures.ts'
import { FORMAT_NAMES, FORMATS } from '../../../shared/api/formats.ts'
import { format, formatDuration } from '../../../shared/schema/units.ts'
import { usePageSearch, useView, viewParams } from '../../app/search.ts'
import { download, downloadAnswer, toCsv } from '../../data/files.ts'
import { readBefore } from '../../data/answers.ts'
import { comparedOf, counterOf, unitOf } from '../../data/metrics.ts'
import { toNumber } from '../../data/numbers.ts'
import { useHealth } from '../../data/hooks.ts'
import { textsOf } from '../../data/range.ts'
import { intervalText, rangeText } from '../../data/times.ts'
import { useTraffic } from '../../data/traffic.ts'
import { exactnessOf, groupsOf, resolutionText } from '../../data/exactness.ts'
import { Button, buttonClass } from '../../parts/button.tsx'
import { copyText } from '../../parts/copy-button.tsx'
import type { Sort } from '../../parts/data-table.tsx'
import { notify } from '../../parts/notify.ts'
import { MenuButton } from '../../parts/menu-button.tsx'
import { usePageBasis } from '../../parts/page-basis.tsx'
import { PageHead, useViewHint } from '../../parts/page-head.tsx'
import { Panel, stateOf } from '../../parts/panel.tsx'
import { TimeChart } from '../../parts/time-chart.tsx'
import { TEXTS } from '../../texts.ts'
import { useExplained, WithExplanation } from '../../parts/explain/beside.tsx'
import { EmptyRemedies } from '../overview/remedies.tsx'
import { Builder } from './builder.tsx'
import styles from './explore.module.css'
import { QuestionPanel } from './question.tsx'
import { bucketsOf, chartSeries, rowsOf, sorted, tableOf } from './rows.ts'
import { chartOf, exploreCodec } from './search.ts'
import { ExploreTable } from './table.tsx'
import { texts } from './texts.ts'

const CHART_HEIGHT = 300

export function Page() {
  const [search, set] = usePageSearch(exploreCodec)
  const [view, setView] = useView()
  const [lit, setLit] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const { explained, explain } = useExplained()
  const never = useHealth().data?.store.flows === 0
  const traffic = useTraffic({
    groupBy: search.by,
    measure: search.measure,
    limit: search.top,
    interval: search.interval,
    compare: search.compare !== 'none' && addsUp(search.measure) ? search.compare : undefined,
  })
  const { data, series, drawn, groupBy } = traffic
  const before = useMemo(
    () => (data && series ? readBefore(data, groupBy, search.measure, counterOf(search.measure), series) : null),
    [data, groupBy, search.measure, series],
  )
  const table = useMemo(
    () => (data && series ? rowsOf(series, drawn, search.measure, before) : null),
    [data, series, drawn, search.measure, before],
  )
  const charted = useMemo(() => chartSeries(drawn, search.measure), [drawn, search.measure])
  const withBefore = useMemo(
    () =>
      before && search.compare !== 'none'
        ? [
            ...charted,
            {
              key: 'before',
              label: texts.compared[search.compare],
              color: undefined,
              values: before.values,
              dashed: true,
            },
          ]
        : charted,
    [charted, before, search.compare],
  )
  const sort = useMemo<Sort>(
    () => ({ column: search.sort.replace(/^-/, ''), descending: search.sort.startsWith('-') }),
    [search.sort],
  )
  const rows = useMemo(() => (table ? sorted(table.rows, sort, groupBy) : []), [table, sort, groupBy])
  const unit = unitOf(search.measure)
  const chart = chartOf(search)
  const title =
    search.by.length > 0
      ? texts.by(describeMeasure(search.measure).label, search.by.join(', '))
      : texts.onlyMeasure(describeMeasure(search.measure).label)
  const flows = toNumber(data?.meta.totals.flows ?? null)
  const interval = series ? intervalText(series.intervalMs) : null
  usePageBasis(
    data
      ? {
          parts: [
            rangeText(data.meta.from, data.meta.to),
            TEXTS.flowsMatch(format(flows, '')),
            resolutionText(data.meta),
            TEXTS.spread,
            formatDuration(data.meta.tookMs),
          ],
          exactness: exactnessOf(data.meta),
        }
      : null,
  )

  const csvTable = () => toCsv(tableOf([...rows, ...(table ? [table.total] : [])], groupBy, search.measure))
  const copyTable = async () => notify((await copyText(csvTable())) ? texts.copied : TEXTS.notCopied)
  return (
    <WithExplanation measure={comparedOf(search.measure)}>
      <PageHead
        title={TEXTS.pages.explore}
        hint={useViewHint()}
        actions={
          <>
            <Button variant="subtle" aria-pressed={asking} onClick={() => setAsking(!asking)}>
              <IconCode size={16} stroke={1.6} aria-hidden /> {asking ? texts.hideQuestion : texts.question}
            </Button>
            <MenuButton
              label={texts.export}
              className={buttonClass({ variant: 'subtle' })}
              entries={[
                {
                  label: texts.csvTable,
                  onSelect: () => void copyTable(),
                },
                { label: texts.csvTableFile, onSelect: () => download('weir-table.csv', 'text/csv', csvTable()) },
                {
                  label: texts.csvSeries,
                  onSelect: () =>
                    series
                      ? download('weir-series.csv', 'text/csv', toCsv(bucketsOf(series, groupBy, search.measure)))
                      : undefined,
                },
                { label: texts.answerFile, heading: true },
                ...FORMAT_NAMES.map((name) => ({
                  label: FORMATS[name].label,
                  onSelect: () => void downloadAnswer('query', name, traffic.body, 'weir-answer'),
                })),
              ]}
            >
              <IconDownload size={16} stroke={1.6} aria-hidden /> {texts.export}
            </MenuButton>
          </>
        }
      />
      <Builder
        search={search}
        onChange={set}
        interval={interval}
        actions={
          <Link to="/flows" search={viewParams(view)} className={buttonClass({ variant: 'subtle' })}>
            <IconListSearch size={16} stroke={1.6} aria-hidden /> {texts.records}
            <span className={styles['faint']}>{format(flows, '')}</span>
          </Link>
        }
      />
      {asking ? <QuestionPanel body={traffic.body} answer={data} /> : null}
      <Panel
        title={title}
        basis={
          data && interval
            ? {
                parts: [
                  TEXTS.average(interval),
                  resolutionText(data.meta),
                  charted.length < drawn.length ? texts.chartHint(charted.length - 1) : '',
                ],
                exactness: exactnessOf(data.meta),
              }
            : undefined
        }
        state={stateOf(
          traffic,
          {
            is: table !== null && table.total.total === 0,
            why: never ? texts.emptyEver : texts.empty,
            remedy: <EmptyRemedies />,
          },
          (chart === 'table' ? partialOf(data) : undefined) ??
            (data?.meta.compare && !before ? texts.notKept : undefined),
        )}
      >
        {data && series && table ? (
          <>
            {chart === 'table' ? null : (
              <TimeChart
                label={`${title}, ${unit}`}
                kind={chart}
                times={series.times}
                intervalMs={series.intervalMs}
                fromMs={data.meta.from}
                toMs={data.meta.to}
                dataFromMs={data.meta.dataFrom}
                series={withBefore}
                unit={unit}
                height={CHART_HEIGHT}
                named
                lit={lit}
                onLight={setLit}
                onZoom={(fromMs, toMs) => setView(textsOf(fromMs, toMs))}
                onExplain={explain}
                marked={explained}
              />
            )}
            <ExploreTable
              label={title}
              rows={rows}
              total={table.total}
              groupBy={groupBy}
              measure={search.measure}
              compared={before ? texts.compared[search.compare] : null}
              groups={groupsOf(data.meta)}
              sort={sort}
              onSort={(next) => set({ sort: `${next.descending ? '-' : ''}${next.column}` }, true)}
              lit={lit}
              onLight={setLit}
            />
          </>
        ) : null}
      </Panel>
    </WithExplanation>
  )
}

/** Says from when on there is data, where the range begins before it. */
function partialOf(data: ReturnType<typeof useTraffic>['data']): string | undefined {
  return data && data.meta.dataFrom !== null ? TEXTS.dataFrom(data.meta.dataFrom) : undefined
}
