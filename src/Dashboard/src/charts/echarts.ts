/** The parts of ECharts that the dashboard uses. Imported only by lazily loaded modules. */
import { LineChart } from 'echarts/charts';
import { GridComponent, MarkPointComponent, TooltipComponent } from 'echarts/components';
import { connect, type EChartsCoreOption, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([LineChart, GridComponent, TooltipComponent, MarkPointComponent, CanvasRenderer]);

export type Option = EChartsCoreOption;
export { connect, init };
