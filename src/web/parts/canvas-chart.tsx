/** Draws an ECharts option to the size of its place. The library is fetched once, when the first chart appears. */
import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { useEffect, useRef, useState } from 'react'

const library = import('./echarts.ts')

interface CanvasChartProps {
  readonly option: EChartsCoreOption
  readonly height: number
}

export function CanvasChart({ option, height }: CanvasChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<EChartsType | null>(null)

  useEffect(() => {
    const element = place.current
    if (!element) return
    let gone = false
    let made: EChartsType | null = null
    const resize = new ResizeObserver(() => made?.resize())
    const make = async () => {
      const { init } = await library
      if (gone) return
      made = init(element, null, { renderer: 'canvas' })
      resize.observe(element)
      setChart(made)
    }
    void make()
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
