import { type RefObject, useEffect, useRef } from 'react';
import { useTheme } from '../navigation/theme';
import { type ChartTheme, readChartTheme } from './chartTheme';
import type { ChartImage } from './download/image';
import { init, type Option } from './echarts';
import { ChartTooltip } from './tooltip/ChartTooltip';
import type { TooltipAt } from './tooltip/content';

/** Receives the image of the chart; null while there is none. */
export type OnImage = (image: ChartImage | null) => void;

interface EChartsOptions<Drawing> {
  /** A new object is a new drawing. */
  drawing: Drawing;
  /** The ECharts option of a drawing; must be a constant function. */
  optionOf: (drawing: Drawing, theme: ChartTheme) => Option;
  /** The tooltips of a drawing; must be a constant function. */
  tooltipOf: (drawing: Drawing, theme: ChartTheme) => TooltipAt;
  /** Charts of one group share the position of the pointer. */
  group?: string | undefined;
  onImage?: OnImage | undefined;
}

/**
 * An ECharts instance in an element of the page, for as long as the element is mounted. It follows the size of the element, the theme and
 * the drawing, without animation. Imported only by lazily loaded modules.
 */
export function useECharts<Drawing>(options: EChartsOptions<Drawing>): RefObject<HTMLDivElement | null> {
  const { drawing, optionOf, tooltipOf, group, onImage } = options;
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init>>(null);
  const tooltip = useRef<ChartTooltip>(null);
  const theme = useTheme();

  useEffect(() => {
    const host = element.current;
    if (host === null) {
      return;
    }
    const instance = init(host);
    chart.current = instance;
    const surface = {
      // Also outside the plot: the first and the last point are hard to hit otherwise.
      positionAt: (x: number, y: number) =>
        instance.containPixel('grid', [host.clientWidth / 2, y])
          ? Number(instance.convertFromPixel({ xAxisIndex: 0 }, x))
          : null,
      pixelOf: (position: number) => Number(instance.convertToPixel({ xAxisIndex: 0 }, position)),
    };
    const attached = new ChartTooltip(host, surface, group);
    tooltip.current = attached;
    const observer = new ResizeObserver(() => instance.resize());
    observer.observe(host);
    return () => {
      observer.disconnect();
      attached.dispose();
      instance.dispose();
      chart.current = null;
      tooltip.current = null;
    };
  }, [group]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours depend on the theme, the instance on the group.
  useEffect(() => {
    const [host, instance] = [element.current, chart.current];
    if (host === null || instance === null) {
      return;
    }
    const chartTheme = readChartTheme(host);
    const option = optionOf(drawing, chartTheme);
    // Drawn with the next frame, however often it is set before.
    instance.setOption({ ...option, animation: false }, { replaceMerge: ['series'], lazyUpdate: true });
    tooltip.current?.update(tooltipOf(drawing, chartTheme));
    const backgroundColor = chartTheme.color('--surface');
    onImage?.({
      png: () => instance.getDataURL({ pixelRatio: 2, backgroundColor }),
      svg: async () => (await import('./echartsSvg')).svgOf({ ...option, animation: false, backgroundColor }, host),
    });
    return () => onImage?.(null);
  }, [drawing, optionOf, tooltipOf, group, theme, onImage]);

  return element;
}
