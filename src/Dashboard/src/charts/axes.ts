import type { Look } from './look';

interface Axes {
  readonly xName: string;
  /** Where the horizontal axis ends; null: with the last point. */
  readonly xEnd: number | null;
  /** Whether only whole numbers are marked. */
  readonly isWhole: boolean;
  readonly formatX: ((value: number) => string) | null;
  /** Kind and ends of the vertical axis. */
  readonly y: object;
  /** About so many parts of the vertical axis. */
  readonly parts: number;
  readonly formatY: (value: number) => string;
  /** Whether the ends of the vertical axis are marked, which are no round numbers on a scale of logarithms. */
  readonly hasEndLabels?: boolean;
}

/** The look that every chart of curves shares: its text, its place, its axes. */
export function axesOption({ color, font }: Look, axes: Axes) {
  const label = { color: color('--text-2'), fontFamily: font, fontSize: 12 };
  const line = { lineStyle: { color: color('--border') } };
  const ends = axes.hasEndLabels ?? true;
  return {
    textStyle: { fontFamily: font },
    grid: { left: 8, right: 20, top: 16, bottom: 26, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'value',
      name: axes.xName,
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: label,
      min: 0,
      max: axes.xEnd ?? 'dataMax',
      ...(axes.isWhole ? { minInterval: 1 } : {}),
      axisLabel: { ...label, hideOverlap: true, ...(axes.formatX === null ? {} : { formatter: axes.formatX }) },
      axisLine: line,
      axisTick: line,
      splitLine: { show: false },
    },
    yAxis: {
      ...axes.y,
      axisLabel: { ...label, formatter: axes.formatY, showMinLabel: ends, showMaxLabel: ends },
      splitLine: { lineStyle: { color: color('--chart-grid') } },
      splitNumber: axes.parts,
    },
  };
}
