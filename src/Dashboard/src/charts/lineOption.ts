import type { ChartTheme } from './chartTheme';
import type { Option } from './echarts';
import { rangeOfY } from './range';
import { type Band, type Drawing, mainSeries, type Series } from './series';
import { type TooltipAt, tooltipFor } from './tooltip/content';

/** Below this ratio of high to low, powers of ten are too far apart for ticks: the base is two. */
const shortSpan = 50;
/** Ticks that have room on a log axis: on a long one they are some powers of ten apart. */
const mostPowers = { large: 7, small: 3 };

/** ECharts has a tick at each power of the base as long as they are few, and at every tenth power otherwise. */
function logBaseOf({ min, max }: { min: number; max: number }, room: keyof typeof mostPowers): number {
  const decades = Math.log10(max) - Math.log10(min);
  return decades < Math.log10(shortSpan) ? 2 : 10 ** Math.ceil(decades / mostPowers[room]);
}

/** The positive values of a horizontal axis, from the lowest to the highest. */
function rangeOfX({ series, x }: Drawing): { min: number; max: number } {
  const values = series.flatMap(({ points }) => points.flatMap(([at]) => (at > 0 ? [at] : [])));
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  const [min, max] = [x.from ?? least, x.to ?? most];
  return min > 0 && max > min ? { min, max } : { min: 1, max: 10 };
}

/** The ECharts option of a drawing. */
export function lineOption(drawing: Drawing, theme: ChartTheme): Option {
  const { x, y, series, bands = [], isSmall = false } = drawing;
  const { color, font, fontSize = 12 } = theme;
  const label = { color: color('--text-2'), fontFamily: font, fontSize };
  const line = { lineStyle: { color: color('--border') } };
  const range = rangeOfY(drawing);
  const ratio = range === null ? 1 : range.max / range.min;
  const room = isSmall ? 'small' : 'large';
  // The ends of a log scale are no round numbers: labelled only where there may be no power of ten between them.
  const hasEndLabels = y.isLog !== true || ratio < 100;
  return {
    textStyle: { fontFamily: font },
    grid: {
      left: 8,
      right: 20,
      top: isSmall ? 8 : 16,
      bottom: isSmall ? 4 : 26,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: x.isLog ? 'log' : 'value',
      ...(x.isLog ? { logBase: logBaseOf(rangeOfX(drawing), room) } : {}),
      ...(isSmall ? {} : { name: x.name }),
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: label,
      min: x.from ?? (x.isLog ? 'dataMin' : 0),
      max: x.to ?? 'dataMax',
      ...(x.isWhole ? { minInterval: 1 } : {}),
      axisLabel: { ...label, hideOverlap: true, formatter: x.tick },
      axisLine: line,
      axisTick: line,
      splitLine: { show: false },
    },
    yAxis: {
      type: y.isLog ? 'log' : 'value',
      ...(y.isLog && range !== null ? { logBase: logBaseOf(range, room) } : {}),
      ...range,
      axisLabel: { ...label, formatter: y.tick, showMinLabel: hasEndLabels, showMaxLabel: hasEndLabels },
      splitLine: { lineStyle: { color: color('--chart-grid') } },
      splitNumber: isSmall ? 2 : 4,
    },
    series: [
      ...bands.map((band) => bandSeries(band, color)),
      ...series.map((one, index) => lineSeries(one, index, drawing, theme)),
      rulesSeries(drawing, theme),
    ],
  };
}

/** The tooltip. */
export const lineTooltip = ({ series, x, y, isRanked = false }: Drawing, { color }: ChartTheme): TooltipAt =>
  tooltipFor(mainSeries(series), { formatX: x.format, formatY: y.format, color, isRanked, from: x.from, to: x.to });

function lineSeries(series: Series, index: number, drawing: Drawing, theme: ChartTheme) {
  const { color } = theme;
  const { id, name, look, dash = [], marker = 'circle', points } = series;
  const isFaint = look === 'faint';
  const isAlone = !isFaint || drawing.series.every((one) => one === series || one.points.length === 0);
  const hue = color(series.color);
  // A value of 0 or less has no logarithm.
  const drawable = (value: number | null, isLog = false) => (value === null || (isLog && value <= 0) ? '-' : value);
  const { highlight } = drawing;
  return {
    id,
    name,
    type: 'line',
    z: isFaint ? 2 : 3 + index,
    data: points.map(([x, y]) => [drawable(x, drawing.x.isLog), drawable(y, drawing.y.isLog)]),
    // One or two points make no visible line, so they get symbols; faint ones beside other curves do not need them.
    showSymbol: look === 'mark' ? points.length <= 30 : points.length <= 2 && isAlone,
    symbol: marker,
    symbolSize: 6,
    sampling: 'lttb',
    lineStyle: {
      color: hue,
      width: isFaint ? 1 : 2.25,
      opacity: isFaint ? 0.6 : 1,
      type: dash.length === 0 ? 'solid' : [...dash],
    },
    itemStyle: { color: hue },
    silent: true,
    emphasis: { disabled: true },
    ...(highlight?.seriesId === id
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
              align: highlight.point[0] > (drawing.x.to ?? 0) * 0.75 ? 'right' : 'left',
              formatter: highlight.label,
              ...ruleText(theme),
            },
            data: [{ name: highlight.label, coord: [...highlight.point] }],
          },
        }
      : {}),
  };
}

/** Text over curves, with a halo. */
const ruleText = ({ color, font, fontSize = 12 }: ChartTheme) => ({
  color: color('--text'),
  textBorderColor: color('--surface'),
  textBorderWidth: 3,
  fontFamily: font,
  fontSize,
});

/** Dashed lines across the chart. */
const rulesSeries = ({ rules = [] }: Drawing, theme: ChartTheme) => ({
  id: 'rules',
  type: 'line',
  data: [],
  markLine: {
    silent: true,
    symbol: 'none',
    lineStyle: { color: theme.color('--text-3'), type: [4, 4], width: 1 },
    data: rules.map(({ axis, at, label }) => ({
      ...(axis === 'x' ? { xAxis: at } : { yAxis: at }),
      label: {
        show: true,
        formatter: label,
        position: 'insideEndTop',
        ...ruleText(theme),
      },
    })),
  },
});

interface BandApi {
  coord(at: readonly [number, number]): [number, number];
}

/** One polygon: along the upper edge and back along the lower one. */
function bandSeries({ id, color: property, points }: Band, color: ChartTheme['color']) {
  const fill = color(property);
  return {
    id,
    type: 'custom',
    z: 2,
    clip: true,
    silent: true,
    dimensions: ['x', 'low', 'high'],
    encode: { x: 'x', y: ['low', 'high'] },
    data: points.map((point) => [...point]),
    // Called for each point; the first call draws the whole band.
    renderItem: ({ dataIndex }: { dataIndex: number }, api: BandApi) =>
      dataIndex > 0
        ? undefined
        : {
            type: 'polygon',
            shape: {
              points: [
                ...points.map(([x, , high]) => api.coord([x, high])),
                ...points.toReversed().map(([x, low]) => api.coord([x, low])),
              ],
            },
            style: { fill, opacity: 0.13 },
          },
  };
}
