import type { LineSeriesOption } from 'echarts/charts';
import { axesOption } from './axes';
import type { Option } from './echarts';
import type { Look } from './look';
import { type Read, readerOf } from './pointer/reading';
import type { Highlight, Series } from './series';

/** What a chart shows. */
export interface LineDrawing {
  series: readonly Series[];
  highlight: Highlight | null;
  xName: string;
  xEnd: number;
  scale: 'linear' | 'log';
  formatY: (value: number) => string;
  formatX: (value: number) => string;
  /** A value at the axis: as short as can be. */
  formatTick: (value: number) => string;
}

/** The chart as ECharts wants it. */
export function lineOption(drawing: LineDrawing, look: Look): Option {
  return {
    ...axesOption(look, {
      xName: drawing.xName,
      xEnd: drawing.xEnd,
      isWhole: true,
      formatX: null,
      y: { type: drawing.scale === 'log' ? 'log' : 'value', scale: true },
      parts: 4,
      formatY: drawing.formatTick,
    }),
    series: drawing.series.map((one, index) => lineSeries(one, index, drawing, look)),
  };
}

/** What the chart says at the pointer: faint curves go without words. */
export const readLines = ({ series, formatX, formatY }: LineDrawing, { color }: Look): Read =>
  readerOf(
    series.filter(({ style }) => style !== 'faint'),
    { formatX, formatY, color, isRanked: false },
  );

function lineSeries(
  series: Series,
  index: number,
  { series: all, highlight, scale, xEnd }: LineDrawing,
  { color, font }: Look,
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
    // A single point makes no line; beside others a faint one is not missed.
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
              // Inwards, so that the edge does not cut it.
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
