/** Renders charts as SVG. Lazily loaded by the first download. */
import { use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { init, type Option } from './echarts';

use([SVGRenderer]);

/** Renders the chart, in its size on the page, as the text of an SVG file. */
export function svgOf(
  option: Option,
  { clientWidth: width, clientHeight: height }: Pick<HTMLElement, 'clientWidth' | 'clientHeight'>,
): string {
  const instance = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    instance.setOption(option);
    return instance.renderToSVGString();
  } finally {
    instance.dispose();
  }
}
