import { CustomChart } from 'echarts/charts';
import { use } from 'echarts/core';
import { axesOption } from '../../charts/axes';
import type { ChartTheme } from '../../charts/chartTheme';
import type { Option } from '../../charts/echarts';
import { type TooltipAt, tooltipFor } from '../../charts/tooltip/content';
import { type OnImage, useECharts } from '../../charts/useECharts';
import type { Band, Line } from './lines';

// Draws the bands around means.
use([CustomChart]);

export interface CurvesDrawing {
  readonly lines: readonly Line[];
  readonly bands: readonly Band[];
  readonly xName: string;
  readonly yName: string;
  readonly isLog: boolean;
  /** End of the horizontal axis; null: the last point. */
  readonly xEnd: number | null;
  /** Range of the vertical axis; null: the range of the values. */
  readonly yRange: readonly [number, number] | null;
  readonly formatX: (value: number) => string;
  readonly formatXTick: (value: number) => string;
  readonly formatY: (value: number) => string;
  readonly formatYTick: (value: number) => string;
}

interface CurvesCanvasProps {
  drawing: CurvesDrawing;
  onImage?: OnImage | undefined;
}

/** The canvas of the curves. Lazily loaded, because it imports ECharts. */
export default function CurvesCanvas({ drawing, onImage }: CurvesCanvasProps) {
  const element = useECharts({ drawing, optionOf: curvesOption, tooltipOf: curvesTooltip, onImage });
  return <div ref={element} className="chart-canvas" />;
}

export function curvesOption(drawing: CurvesDrawing, theme: ChartTheme): Option {
  const { color } = theme;
  const { hasEndLabels = true, ...y } = drawing.isLog
    ? logAxis(drawing)
    : { type: 'value', scale: true, ...ends(drawing.yRange), hasEndLabels: true };
  return {
    ...axesOption(theme, {
      xName: drawing.xName,
      xEnd: drawing.xEnd,
      isWhole: false,
      formatX: drawing.formatXTick,
      y,
      hasEndLabels,
      parts: 5,
      formatY: drawing.formatYTick,
    }),
    series: [
      ...drawing.bands.map((band) => bandSeries(band, color)),
      ...drawing.lines.map((one) => series(one, drawing, color)),
    ],
  };
}

/** The tooltip: all curves but the faint ones, highest value first. */
export const curvesTooltip = ({ lines, formatX, formatY }: CurvesDrawing, { color }: ChartTheme): TooltipAt =>
  tooltipFor(
    lines.filter(({ isFaint }) => !isFaint).map(({ name, style, points }) => ({ name, color: style.color, points })),
    { formatX, formatY, color, isRanked: true },
  );

const ends = (range: CurvesDrawing['yRange']) => (range === null ? {} : { min: range[0], max: range[1] });

/** Below this ratio of high to low, powers of ten are too far apart for ticks: the base is two. */
const shortSpan = 50;

/** The log axis spans the values, not whole powers: half of the chart would be empty otherwise. */
function logAxis({ lines, bands }: CurvesDrawing): { hasEndLabels?: boolean } & Record<string, unknown> {
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  const include = (value: number | null) => {
    if (value !== null && value > 0) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  };
  for (const { points } of lines) {
    for (const [, y] of points) {
      include(y);
    }
  }
  for (const { points } of bands) {
    for (const [, bottom, top] of points) {
      include(bottom);
      include(top);
    }
  }
  return high === 0
    ? { type: 'log' }
    : {
        type: 'log',
        logBase: high / low < shortSpan ? 2 : 10,
        min: low / 1.04,
        max: high * 1.04,
        // The ends are labelled only where there may be no power of ten between them.
        hasEndLabels: high / low < 100,
      };
}

function series({ id, name, style, isFaint, points }: Line, { isLog }: CurvesDrawing, color: ChartTheme['color']) {
  const hue = color(style.color);
  // A value of 0 or less has no logarithm.
  const drawable = (y: number | null) => (y === null || (isLog && y <= 0) ? '-' : y);
  return {
    id,
    name,
    type: 'line',
    z: isFaint ? 3 : 4,
    data: points.map(([x, y]) => [x, drawable(y)]),
    // Few points make no visible line.
    showSymbol: points.length <= 2,
    symbol: style.marker,
    symbolSize: 7,
    sampling: 'lttb',
    lineStyle: {
      color: hue,
      width: isFaint ? 1 : 2,
      opacity: isFaint ? 0.55 : 1,
      type: style.dash.length === 0 ? 'solid' : [...style.dash],
    },
    itemStyle: { color: hue },
    silent: true,
    emphasis: { disabled: true },
  };
}

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
                ...[...points].reverse().map(([x, low]) => api.coord([x, low])),
              ],
            },
            style: { fill, opacity: 0.13 },
          },
  };
}
