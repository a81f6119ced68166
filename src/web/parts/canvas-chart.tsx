/** Draws an ECharts option to the size of its place. The library is fetched once, when the first chart appears. */
import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { useEffect, useRef, useState } from 'react'

const library = import('./echarts.ts')

interface CanvasChartProps {
  readonly option: EChartsCoreOption
  readonly height: number
  /** Called with the chart once it stands. */
  readonly onReady?: (chart: EChartsType) => void
}

export function CanvasChart({ option, height, onReady }: CanvasChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<EChartsType | null>(null)
  const ready = useRef(onReady)
  ready.current = onReady

  useEffect(() => {
    const element = place.current
    if (!element) return
    let gone = false
    let made: EChartsType | null = null
    const resize = new ResizeObserver(() => made?.resize())
    void library.then(({ init }) => {
      if (gone) return
      made = init(element, null, { renderer: 'canvas' })
      resize.observe(element)
      setChart(made)
      ready.current?.(made)
    })
    return () => {
      gone = true
      resize.disconnect()
      made?.dispose()
      setChart(null)
    }
  }, [])

  useEffect(() => {
    chart?.setOption(option, { notMerge: true, lazyUpdate: false })
  }, [chart, option])

  return <div ref={place} aria-hidden="true" style={{ height, width: '100%' }} />
}
