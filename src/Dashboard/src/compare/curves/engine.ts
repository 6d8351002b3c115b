/** The chart engine with what the comparison needs beyond plain curves. Imported only by lazily loaded modules. */
import { CustomChart } from 'echarts/charts';
import { use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { init } from '../../charts/echarts';

use([CustomChart, SVGRenderer]);

export { init };
