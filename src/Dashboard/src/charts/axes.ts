import type { ChartTheme } from './chartTheme';

interface Axes {
  readonly xName: string;
  /** End of the horizontal axis; null: the last point. */
  readonly xEnd: number | null;
  /** Whether ticks are whole numbers. */
  readonly isWhole: boolean;
  readonly formatX: ((value: number) => string) | null;
  /** Type and range of the vertical axis. */
  readonly y: object;
  /** Approximate number of intervals of the vertical axis. */
  readonly parts: number;
  readonly formatY: (value: number) => string;
  /** Whether the ends of the vertical axis are labelled; on a log scale they are not round numbers. */
  readonly hasEndLabels?: boolean;
}

/** Text, grid and axes shared by all line charts. */
export function axesOption({ color, font }: ChartTheme, axes: Axes) {
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
