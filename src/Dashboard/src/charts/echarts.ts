/** The ECharts modules in use. Imported only by lazily loaded modules. */
import { LineChart } from 'echarts/charts';
import { GridComponent, MarkPointComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([LineChart, GridComponent, MarkPointComponent, CanvasRenderer]);

export type Option = EChartsCoreOption;
export { init };
