/** Charts of the engine as SVG. Loaded when the first one is asked for. */
import { use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { init, type Option } from './echarts';

use([SVGRenderer]);

/** The chart once more, in the size of its place on the page, as the text of an SVG file. */
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
