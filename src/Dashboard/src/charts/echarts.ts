/** The ECharts modules in use. Imported only by lazily loaded modules. */
import { CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, MarkPointComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([LineChart, CustomChart, GridComponent, MarkLineComponent, MarkPointComponent, CanvasRenderer]);

export type Option = EChartsCoreOption;
export { init };
