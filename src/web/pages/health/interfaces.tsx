/** The interfaces of an exporter: what each counted, and how much of it the exporter's flows account for. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AnswerOf } from '../../../shared/api/contract.ts'
import { format, scale, THIN_SPACE } from '../../../shared/schema/units.ts'
import { call, type CallError } from '../../data/client.ts'
import { exact } from '../../data/numbers.ts'
import { DataTable, type DataColumn } from '../../parts/data-table.tsx'
import { Legend } from '../../parts/legend.tsx'
import { NumberText } from '../../parts/number-text.tsx'
import { PanelBody, stateOf } from '../../parts/panel.tsx'
import { TimeChart } from '../../parts/time-chart.tsx'
import type { ChartSeries } from '../../parts/time-chart-option.ts'
import styles from './health.module.css'
import { texts } from './texts.ts'

type Answer = AnswerOf<'interfaces'>
type Interface = Answer['interfaces'][number]
type Side = 'in' | 'out'

/** Devices send their counters every 20 s or more. */
const EVERY_MS = 15_000
const CHART_HEIGHT = 132
/** Below this share of what was counted, flows are missing. */
const ENOUGH = 0.8
/** Above it, something is counted more than once. */
const TOO_MUCH = 1.2

export function Interfaces({ exporter }: { readonly exporter: string }) {
  const [chosen, choose] = useState<number | null | undefined>(undefined)
  const answer = useQuery<Answer, CallError>({
    queryKey: ['interfaces', exporter],
    queryFn: ({ signal }) => call('interfaces', { exporter, from: 'now-1h', interval: '1m' }, signal),
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  })
  const { data } = answer
  const list = data?.interfaces ?? []
  const opened = list.find((one) => one.index === (chosen === undefined ? list[0]?.index : chosen))
  return (
    <PanelBody
      state={stateOf(
        answer,
        { is: list.length === 0, why: texts.interfaces.none, remedy: <p>{texts.interfaces.noneRemedy}</p> },
        data && data.leftOut > 0 ? texts.interfaces.leftOut(data.leftOut) : undefined,
      )}
    >
      <DataTable
        label={texts.interfaces.title}
        columns={columnsFor(opened, choose)}
        rows={list}
        rowKey={(one) => String(one.index)}
        lit={opened ? String(opened.index) : null}
      />
      {opened && data ? <Details key={opened.index} of={opened} answer={data} /> : null}
    </PanelBody>
  )
}

function columnsFor(
  opened: Interface | undefined,
  choose: (index: number | null) => void,
): readonly DataColumn<Interface>[] {
  const { columns } = texts.interfaces
  return [
    {
      id: 'name',
      label: columns.name,
      grow: true,
      cell: (one) => (
        <>
          <button
            type="button"
            className={styles['address']}
            aria-label={texts.interfaces.open(nameOf(one))}
            aria-expanded={one === opened}
            onClick={() => choose(one === opened ? null : one.index)}
          >
            {nameOf(one)}
          </button>{' '}
          <span className={styles['faint']}>
            {one.up === false ? texts.interfaces.beside(texts.interfaces.down) : speedText(one.speed)}
          </span>
        </>
      ),
    },
    { id: 'in', label: columns.in, align: 'right', cell: (one) => <NumberText value={lastOf(one.in)} unit="bit/s" /> },
    {
      id: 'out',
      label: columns.out,
      align: 'right',
      cell: (one) => <NumberText value={lastOf(one.out)} unit="bit/s" />,
    },
    {
      id: 'flows',
      label: columns.flows,
      align: 'right',
      cell: (one) => (
        <>
          <Share of={one.in} /> / <Share of={one.out} />
        </>
      ),
    },
  ]
}

function Share({ of }: { readonly of: Interface['in'] }) {
  const { share } = of.flows
  if (share === null) return <span className={styles['faint']}>–</span>
  return (
    <span className={share < ENOUGH || share > TOO_MUCH ? styles['warn'] : undefined}>
      {texts.interfaces.share(share)}
    </span>
  )
}

function Details({ of, answer }: { readonly of: Interface; readonly answer: Answer }) {
  return (
    <div className={styles['interface']}>
      <SideChart of={of} side="in" answer={answer} />
      <SideChart of={of} side="out" answer={answer} />
    </div>
  )
}

function SideChart({ of, side, answer }: { readonly of: Interface; readonly side: Side; readonly answer: Answer }) {
  const [lit, setLit] = useState<string | null>(null)
  const { times, interval } = answer
  const { flows, series: counted, bps, errors, discards, utilisation } = of[side]
  const series: ChartSeries[] = [
    { key: 'flows', label: texts.interfaces.flows, color: side === 'in' ? 0 : 1, values: flows.series },
    { key: 'counted', label: texts.interfaces.counted, color: undefined, values: counted, dashed: true },
  ]
  const first = times[0] ?? 0
  return (
    <figure>
      <figcaption>
        <strong>{texts.interfaces.sides[side]}</strong>
        <Legend
          series={series}
          values={
            new Map([
              ['flows', flows.bps],
              ['counted', bps],
            ])
          }
          unit="bit/s"
          caption={texts.interfaces.average}
          lit={lit}
          onLight={setLit}
        />
      </figcaption>
      <TimeChart
        label={texts.interfaces.chart(nameOf(of), texts.interfaces.sides[side])}
        kind="stacked"
        times={times}
        intervalMs={interval}
        fromMs={first}
        toMs={first + times.length * interval}
        series={series}
        unit="bit/s"
        height={CHART_HEIGHT}
        lit={lit}
        onLight={setLit}
      />
      <p>
        {texts.interfaces.facts(
          utilisation === null || of.speed === null ? null : [utilisation, format(of.speed, 'bit/s')],
          countText(errors),
          countText(discards),
          flows.layer === 3,
        )}
      </p>
    </figure>
  )
}

function nameOf(one: Interface): string {
  return one.name ?? texts.interfaces.unnamed(one.index)
}

/** Round numbers, as speeds are: `· 10 Gbit/s`; empty where it is not known. */
function speedText(speed: number | null): string {
  const { text, unit } = scale(speed, 'bit/s')
  return speed === null ? '' : texts.interfaces.beside(Number(text) + THIN_SPACE + unit)
}

/** The newest bucket that is known. */
function lastOf({ series }: Interface['in']): number | null {
  return series.findLast((value) => value !== null) ?? null
}

function countText(count: number | null): string {
  return count === null ? '–' : exact(count)
}
