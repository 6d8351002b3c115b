import { useEffect, useEffectEvent, useRef } from 'react';
import { usePresenting } from '../navigation/presentation';
import { usePrinting } from '../navigation/printing';
import { useTheme } from '../navigation/theme';
import { readChartTheme } from './chartTheme';
import type { ChartImage } from './download/image';
import { init } from './echarts';
import { lineOption, lineTooltip } from './lineOption';
import type { Drawing } from './series';
import { ChartTooltip, type OnZoom } from './tooltip/ChartTooltip';

export interface LineCanvasProps {
  /** A new object is a new drawing. */
  drawing: Drawing;
  /** Charts of one group share the position of the pointer. */
  group?: string | undefined;
  /** Receives the image of the chart; null while there is none. */
  onImage?: ((image: ChartImage | null) => void) | undefined;
  onZoom?: OnZoom | undefined;
}

/** The canvas of a line chart. It follows its size, the theme and the drawing, without animation. Lazily loaded, because it imports ECharts. */
export default function LineCanvas({ drawing, group, onImage, onZoom }: LineCanvasProps) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init>>(null);
  const tooltip = useRef<ChartTooltip>(null);
  const theme = useTheme();
  const isPresented = usePresenting();
  const isPrinting = usePrinting();
  const zoom = useEffectEvent<OnZoom>((range) => onZoom?.(range));

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
    const attached = new ChartTooltip(host, surface, { group, onZoom: (range) => zoom(range) });
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

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours depend on the theme, the size of type on the presentation, the size of the chart on the paper, the instance on the group.
  useEffect(() => {
    const [host, instance] = [element.current, chart.current];
    if (host === null || instance === null) {
      return;
    }
    const chartTheme = readChartTheme(host);
    const option = { ...lineOption(drawing, chartTheme), animation: false };
    // Drawn with the next frame, however often it is set before; on paper there is none. The axes are replaced, because their types may change.
    if (isPrinting) {
      instance.resize();
    }
    instance.setOption(option, { replaceMerge: ['series', 'xAxis', 'yAxis'], lazyUpdate: !isPrinting });
    tooltip.current?.update(lineTooltip(drawing, chartTheme));
    const backgroundColor = chartTheme.color('--surface');
    onImage?.({
      png: () => instance.getDataURL({ pixelRatio: 2, backgroundColor }),
      svg: async () => (await import('./echartsSvg')).svgOf({ ...option, backgroundColor }, host),
    });
    return () => onImage?.(null);
  }, [drawing, group, theme, isPresented, isPrinting, onImage]);

  return <div ref={element} className="chart-canvas" />;
}
