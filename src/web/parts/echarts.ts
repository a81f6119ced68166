/** The parts of ECharts that the page draws with, in a chunk of their own. Pointer, tooltip and brush are the page's. */
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([LineChart, BarChart, GridComponent, CanvasRenderer])

export { init }
export type { EChartsType } from 'echarts/core'
