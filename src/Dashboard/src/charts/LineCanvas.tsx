import type { LineSeriesOption } from 'echarts/charts';
import { axesOption } from './axes';
import type { ChartTheme } from './chartTheme';
import type { Option } from './echarts';
import type { Highlight, Series } from './series';
import { type TooltipAt, tooltipFor } from './tooltip/content';
import { type OnImage, useECharts } from './useECharts';

export interface LineDrawing {
  series: readonly Series[];
  highlight: Highlight | null;
  xName: string;
  xEnd: number;
  scale: 'linear' | 'log';
  formatY: (value: number) => string;
  formatX: (value: number) => string;
  /** Formats a tick of the vertical axis, as short as possible. */
  formatTick: (value: number) => string;
}

interface LineCanvasProps {
  /** Charts of one group share the position of the pointer. */
  group: string;
  drawing: LineDrawing;
  onImage?: OnImage | undefined;
}

/** The canvas of a line chart. Lazily loaded, because it imports ECharts. */
export default function LineCanvas({ group, drawing, onImage }: LineCanvasProps) {
  const element = useECharts({ drawing, optionOf: lineOption, tooltipOf: lineTooltip, group, onImage });
  return <div ref={element} className="chart-canvas" />;
}

export function lineOption(drawing: LineDrawing, theme: ChartTheme): Option {
  return {
    ...axesOption(theme, {
      xName: drawing.xName,
      xEnd: drawing.xEnd,
      isWhole: true,
      formatX: null,
      y: { type: drawing.scale === 'log' ? 'log' : 'value', scale: true },
      parts: 4,
      formatY: drawing.formatTick,
    }),
    series: drawing.series.map((one, index) => lineSeries(one, index, drawing, theme)),
  };
}

/** The tooltip: all curves but the faint ones. */
export const lineTooltip = ({ series, formatX, formatY }: LineDrawing, { color }: ChartTheme): TooltipAt =>
  tooltipFor(
    series.filter(({ style }) => style !== 'faint'),
    { formatX, formatY, color, isRanked: false },
  );

function lineSeries(
  series: Series,
  index: number,
  { series: all, highlight, scale, xEnd }: LineDrawing,
  { color, font }: ChartTheme,
): LineSeriesOption {
  const faint = series.style === 'faint';
  const isAlone = !faint || all.every((one) => one === series || one.points.length === 0);
  const hue = color(series.color);
  // A value of 0 or less has no logarithm.
  const drawable = (y: number | null) => (y === null || (scale === 'log' && y <= 0) ? '-' : y);
  return {
    id: series.id,
    name: series.name,
    type: 'line',
    z: faint ? 2 : 3 + index,
    data: series.points.map(([x, y]) => [x, drawable(y)]),
    // A single point makes no line, so it gets a symbol; a faint one beside other curves does not need it.
    showSymbol: series.style === 'mark' ? series.points.length <= 30 : series.points.length === 1 && isAlone,
    symbol: 'circle',
    symbolSize: 6,
    sampling: 'lttb',
    lineStyle: { color: hue, width: faint ? 1 : 2.25, opacity: faint ? 0.6 : 1 },
    itemStyle: { color: hue },
    silent: true,
    emphasis: { disabled: true },
    ...(highlight !== null && highlight.seriesId === series.id
      ? {
          markPoint: {
            silent: true,
            symbol: 'circle',
            symbolSize: 11,
            itemStyle: { color: 'transparent', borderColor: hue, borderWidth: 2 },
            label: {
              show: true,
              position: 'bottom',
              distance: 8,
              // Inwards, so that the edge does not clip it.
              align: highlight.point[0] > xEnd * 0.75 ? 'right' : 'left',
              formatter: highlight.label,
              color: color('--text'),
              textBorderColor: color('--surface'),
              textBorderWidth: 3,
              fontFamily: font,
              fontSize: 12,
            },
            data: [{ name: highlight.label, coord: [...highlight.point] }],
          },
        }
      : {}),
  };
}
