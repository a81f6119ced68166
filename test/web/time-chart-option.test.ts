/** What a chart over time is told to draw. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { timeChartOption } from '../../src/web/parts/time-chart-option.ts'
import { timeScale } from '../../src/web/parts/time-scale.ts'
import type { Palette } from '../../src/web/parts/palette.ts'

const HOUR = 3_600_000
const palette = {} as Palette

test('a label at the right edge was cut', () => {
  const fromMs = Date.UTC(2026, 10, 24, 12, 30)
  const toMs = fromMs + 24 * HOUR
  const option = timeChartOption({
    kind: 'lines',
    times: [],
    intervalMs: HOUR,
    series: [],
    scale: timeScale(fromMs, toMs, 1, 800, 200),
    palette,
    lit: null,
  }) as { xAxis: { axisLabel: { formatter: (time: number) => string } } }
  const { formatter } = option.xAxis.axisLabel
  assert.notEqual(formatter(toMs - HOUR), '')
  assert.equal(formatter(toMs - 60_000), '')
})
