import { useEffect, useRef } from 'react';
import { useTheme } from '../shell/theme';
import { connect, init } from './echarts';
import { type LineOptionInput, lineOption } from './lineOption';
import { readColor } from './tokens';

/** What a chart shows; the rest is read from the page that it stands in. */
export type LineDrawing = Omit<LineOptionInput, 'color' | 'font'>;

export interface LineCanvasProps {
  /** Charts of one group share the position of the pointer. */
  group: string;
  drawing: LineDrawing;
}

/** The drawn part of a line chart. Loaded when the first chart is shown: it brings the chart engine. */
export default function LineCanvas({ group, drawing }: LineCanvasProps) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init>>(null);
  const theme = useTheme();

  useEffect(() => {
    const host = element.current;
    if (host === null) {
      return;
    }
    const instance = init(host);
    instance.group = group;
    connect(group);
    chart.current = instance;
    const observer = new ResizeObserver(() => instance.resize());
    observer.observe(host);
    return () => {
      observer.disconnect();
      instance.dispose();
      chart.current = null;
    };
  }, [group]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours that are read change with the theme.
  useEffect(() => {
    const host = element.current;
    if (host !== null) {
      const option = lineOption({
        ...drawing,
        color: (property) => readColor(host, property),
        font: getComputedStyle(host).fontFamily,
      });
      chart.current?.setOption(option, { replaceMerge: ['series'] });
    }
  }, [drawing, theme]);

  return <div ref={element} className="chart-canvas" />;
}
