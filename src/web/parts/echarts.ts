/** The parts of ECharts that the page draws with, in a chunk of their own. Pointer, tooltip and brush are the page's. */
import { BarChart, LineChart, SankeyChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([LineChart, BarChart, SankeyChart, GridComponent, CanvasRenderer])

export { init }
export type { EChartsType } from 'echarts/core'
