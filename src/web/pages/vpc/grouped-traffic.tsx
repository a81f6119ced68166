/** Traffic by group: a stacked chart, and the table of its groups; what is lit in one is lit in the other. */
import { useState } from 'react'
import type { Unit } from '../../../shared/schema/units.ts'
import { useView } from '../../app/search.ts'
import { textsOf } from '../../data/range.ts'
import type { Traffic } from '../../data/traffic.ts'
import { TimeChart } from '../../parts/time-chart.tsx'
import { GroupTable } from './group-table.tsx'

interface GroupedTrafficProps {
  readonly traffic: Traffic
  /** Of the table; the chart's says more where it is given. */
  readonly label: string
  readonly chartLabel?: string
  readonly unit: Unit
  readonly height: number
  /** What the table sums. */
  readonly heading: string
  readonly totalUnit: Unit
}

export function GroupedTraffic({
  traffic,
  label,
  chartLabel = label,
  unit,
  height,
  heading,
  totalUnit,
}: GroupedTrafficProps) {
  const [, setView] = useView()
  const [lit, setLit] = useState<string | null>(null)
  const { series, drawn, data, groupBy } = traffic
  if (!series || !data) return null
  return (
    <>
      <TimeChart
        label={chartLabel}
        kind="stacked"
        times={series.times}
        intervalMs={series.intervalMs}
        fromMs={data.meta.from}
        toMs={data.meta.to}
        dataFromMs={data.meta.dataFrom}
        series={drawn}
        unit={unit}
        height={height}
        lit={lit}
        onLight={setLit}
        onZoom={(fromMs, toMs) => setView(textsOf(fromMs, toMs))}
      />
      <GroupTable
        label={label}
        groupBy={groupBy}
        rows={series.groups.map(({ key, cells, other, total }) => ({ key, cells, other, value: total }))}
        heading={heading}
        unit={totalUnit}
        lit={lit}
        onLight={setLit}
      />
    </>
  )
}
