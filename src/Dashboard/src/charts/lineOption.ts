import type { LineSeriesOption } from 'echarts/charts';
import type { Option } from './echarts';
import type { Look } from './look';
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
  const { color, font } = look;
  const axisText = { color: color('--text-2'), fontFamily: font, fontSize: 12 };
  const line = { lineStyle: { color: color('--border') } };
  return {
    textStyle: { fontFamily: font },
    grid: { left: 8, right: 16, top: 16, bottom: 26, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'value',
      name: drawing.xName,
      nameLocation: 'middle',
      nameGap: 26,
      nameTextStyle: axisText,
      min: 0,
      max: drawing.xEnd,
      minInterval: 1,
      axisLabel: { ...axisText, hideOverlap: true },
      axisLine: line,
      axisTick: line,
      splitLine: { show: false },
    },
    yAxis: {
      type: drawing.scale === 'log' ? 'log' : 'value',
      scale: true,
      axisLabel: { ...axisText, formatter: drawing.formatTick },
      splitLine: { lineStyle: { color: color('--chart-grid') } },
      splitNumber: 4,
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      transitionDuration: 0,
      className: 'chart-tooltip',
      // Its look is in charts.css; the engine's own would need inline markup, which the page's content policy forbids.
      backgroundColor: 'transparent',
      borderWidth: 0,
      padding: 0,
      axisPointer: { type: 'line', lineStyle: { color: color('--text-3'), type: 'dashed' } },
      formatter: (params: unknown) =>
        tooltip((Array.isArray(params) ? params : [params]) as TooltipRow[], drawing, look),
    },
    series: drawing.series.map((one, index) => lineSeries(one, index, drawing, look)),
  };
}

function lineSeries(
  series: Series,
  index: number,
  { highlight, scale, xEnd }: LineDrawing,
  { color, font }: Look,
): LineSeriesOption {
  const faint = series.style === 'faint';
  const hue = color(series.color);
  // A value of 0 or less has no logarithm.
  const drawable = (y: number | null) => (y === null || (scale === 'log' && y <= 0) ? '-' : y);
  return {
    id: series.id,
    name: series.name,
    type: 'line',
    z: faint ? 2 : 3 + index,
    data: series.points.map(([x, y]) => [x, drawable(y)]),
    // A single point makes no line.
    showSymbol: series.points.length === 1 || (series.style === 'mark' && series.points.length <= 30),
    symbol: 'circle',
    symbolSize: 6,
    sampling: 'lttb',
    lineStyle: { color: hue, width: faint ? 1 : 2.25, opacity: faint ? 0.6 : 1 },
    itemStyle: { color: hue },
    silent: faint,
    tooltip: { show: !faint },
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

interface TooltipRow {
  seriesName?: string | undefined;
  seriesId?: string | undefined;
  value?: unknown;
}

function tooltip(rows: readonly TooltipRow[], { series, formatX, formatY }: LineDrawing, { color }: Look): HTMLElement {
  const box = document.createElement('div');
  box.className = 'chart-tooltip-box';
  const first = rows[0]?.value;
  const title = document.createElement('strong');
  title.textContent = Array.isArray(first) ? formatX(Number(first[0])) : '';
  box.append(title);
  for (const row of rows) {
    const one = series.find((candidate) => candidate.id === row.seriesId);
    const y = Array.isArray(row.value) ? row.value[1] : undefined;
    if (one === undefined || one.style === 'faint' || typeof y !== 'number') {
      continue;
    }
    const line = document.createElement('div');
    const swatch = document.createElement('i');
    swatch.style.background = color(one.color);
    const name = document.createElement('span');
    name.textContent = one.name;
    const value = document.createElement('b');
    value.textContent = formatY(y);
    line.append(swatch, name, value);
    box.append(line);
  }
  return box;
}
