/** The parts of ECharts that the dashboard uses. Imported only by lazily loaded modules. */
import { LineChart, type LineSeriesOption } from 'echarts/charts';
import {
  GridComponent,
  type GridComponentOption,
  MarkPointComponent,
  type MarkPointComponentOption,
  TooltipComponent,
  type TooltipComponentOption,
} from 'echarts/components';
import { type ComposeOption, connect, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([LineChart, GridComponent, TooltipComponent, MarkPointComponent, CanvasRenderer]);

export type Option = ComposeOption<
  LineSeriesOption | GridComponentOption | TooltipComponentOption | MarkPointComponentOption
>;
export type { LineSeriesOption };
export { connect, init };
