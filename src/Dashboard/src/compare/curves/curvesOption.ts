import { axesOption } from '../../charts/axes';
import type { Option } from '../../charts/echarts';
import type { Look } from '../../charts/look';
import { type Read, readerOf } from '../../charts/pointer/reading';
import type { Band, Line } from './lines';

export interface CurvesDrawing {
  readonly lines: readonly Line[];
  readonly bands: readonly Band[];
  readonly xName: string;
  readonly yName: string;
  readonly isLog: boolean;
  /** Where the axis ends; null: with the last point. */
  readonly xEnd: number | null;
  /** The ends of the other axis; null: those of the values. */
  readonly yRange: readonly [number, number] | null;
  readonly formatX: (value: number) => string;
  readonly formatXTick: (value: number) => string;
  readonly formatY: (value: number) => string;
  readonly formatYTick: (value: number) => string;
}

/** The curves as the chart engine wants them. */
export function curvesOption(drawing: CurvesDrawing, look: Look): Option {
  const { color } = look;
  const { hasEndLabels = true, ...y } = drawing.isLog
    ? logAxis(drawing)
    : { type: 'value', scale: true, ...ends(drawing.yRange), hasEndLabels: true };
  return {
    ...axesOption(look, {
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

/** What the chart says at the pointer, highest first, as the curves lie. */
export const readCurves = ({ lines, formatX, formatY }: CurvesDrawing, { color }: Look): Read =>
  readerOf(
    lines.filter(({ isFaint }) => !isFaint).map(({ name, style, points }) => ({ name, color: style.color, points })),
    { formatX, formatY, color, isRanked: true },
  );

const ends = (range: CurvesDrawing['yRange']) => (range === null ? {} : { min: range[0], max: range[1] });

/** Less than this from low to high, and powers of ten are too far apart to be read: powers of two are marked then. */
const shortSpan = 50;

/** The axis spans the values, not whole powers: half of the chart would be empty otherwise. */
function logAxis({ lines, bands }: CurvesDrawing): { hasEndLabels?: boolean } & Record<string, unknown> {
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  const see = (value: number | null) => {
    if (value !== null && value > 0) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  };
  for (const { points } of lines) {
    for (const [, y] of points) {
      see(y);
    }
  }
  for (const { points } of bands) {
    for (const [, bottom, top] of points) {
      see(bottom);
      see(top);
    }
  }
  return high === 0
    ? { type: 'log' }
    : {
        type: 'log',
        logBase: high / low < shortSpan ? 2 : 10,
        min: low / 1.04,
        max: high * 1.04,
        // Powers of ten in between say more than the ends; where there may be none, the ends are all there is.
        hasEndLabels: high / low < 100,
      };
}

function series({ id, name, style, isFaint, points }: Line, { isLog }: CurvesDrawing, color: Look['color']) {
  const hue = color(style.color);
  // A value of 0 or less has no logarithm.
  const drawable = (y: number | null) => (y === null || (isLog && y <= 0) ? '-' : y);
  return {
    id,
    name,
    type: 'line',
    z: isFaint ? 3 : 4,
    data: points.map(([x, y]) => [x, drawable(y)]),
    // A single point makes no line.
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
function bandSeries({ id, color: property, points }: Band, color: Look['color']) {
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
    // Asked for each point; the first draws them all.
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
