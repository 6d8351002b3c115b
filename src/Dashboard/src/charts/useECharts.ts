import { type RefObject, useEffect, useRef } from 'react';
import { useTheme } from '../shell/theme';
import { init, type Option } from './echarts';
import { type Look, lookAt } from './look';
import type { Picture } from './pictures/picture';
import { ChartPointer } from './pointer/ChartPointer';
import type { Read } from './pointer/reading';

/** Told how to take a picture while there is one to take; null when there is none any more. */
export type OnPicture = (picture: Picture | null) => void;

interface EChartsOptions<Drawing> {
  /** What is drawn; a new object is a new drawing. */
  drawing: Drawing;
  /** The drawing as the engine wants it: a constant function. */
  optionOf: (drawing: Drawing, look: Look) => Option;
  /** What the drawing says at the pointer: a constant function. */
  readOf: (drawing: Drawing, look: Look) => Read;
  /** Charts of one group share the position of the pointer. */
  group?: string | undefined;
  onPicture?: OnPicture | undefined;
}

/**
 * A chart of the engine in an element of the page, for as long as the element is there: it follows the element's size, the theme and the
 * drawing. Nothing is animated, so there is no motion to be reduced. Imported only by lazily loaded modules.
 */
export function useECharts<Drawing>(options: EChartsOptions<Drawing>): RefObject<HTMLDivElement | null> {
  const { drawing, optionOf, readOf, group, onPicture } = options;
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init>>(null);
  const pointer = useRef<ChartPointer>(null);
  const theme = useTheme();

  useEffect(() => {
    const host = element.current;
    if (host === null) {
      return;
    }
    const instance = init(host);
    chart.current = instance;
    const surface = {
      // Beside the axes, too: the first and the last point are hard to hit otherwise.
      placeAt: (x: number, y: number) =>
        instance.containPixel('grid', [host.clientWidth / 2, y])
          ? Number(instance.convertFromPixel({ xAxisIndex: 0 }, x))
          : null,
      pixelOf: (place: number) => Number(instance.convertToPixel({ xAxisIndex: 0 }, place)),
    };
    const shown = new ChartPointer(host, surface, group);
    pointer.current = shown;
    const observer = new ResizeObserver(() => instance.resize());
    observer.observe(host);
    return () => {
      observer.disconnect();
      shown.dispose();
      instance.dispose();
      chart.current = null;
      pointer.current = null;
    };
  }, [group]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours that are read change with the theme, the chart with its group.
  useEffect(() => {
    const [host, instance] = [element.current, chart.current];
    if (host === null || instance === null) {
      return;
    }
    const look = lookAt(host);
    const option = optionOf(drawing, look);
    // Drawn with the next frame of the page, however often it is set before.
    instance.setOption({ ...option, animation: false }, { replaceMerge: ['series'], lazyUpdate: true });
    pointer.current?.update(readOf(drawing, look));
    const backgroundColor = look.color('--surface');
    onPicture?.({
      png: () => instance.getDataURL({ pixelRatio: 2, backgroundColor }),
      svg: async () => (await import('./echartsSvg')).svgOf({ ...option, animation: false, backgroundColor }, host),
    });
    return () => onPicture?.(null);
  }, [drawing, optionOf, readOf, group, theme, onPicture]);

  return element;
}
