// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { svgOf } from './echartsSvg';
import { lineOption, lineTooltip } from './lineOption';
import type { Drawing, Series } from './series';

const line = (id: string, points: Series['points'], look: Series['look'] = 'line'): Series => ({
  id,
  name: `<b>${id}`,
  color: `--${id}`,
  look,
  points,
});
const drawing: Drawing = {
  series: [
    line('faint', [[0.5, 2]], 'faint'),
    line(
      'main',
      [
        [1, 0.5],
        [2, 0],
        [3, null],
      ],
      'mark',
    ),
  ],
  highlight: { seriesId: 'main', point: [1, 0.5], label: 'best' },
  x: { name: 'Epoch', from: 0, to: 5, format: (x) => `epoch ${x}`, tick: String },
  y: { limits: [0, Number.POSITIVE_INFINITY], format: (y) => `${y}!`, tick: String },
};
const theme = { color: (property: string) => `color of ${property}`, font: 'sans' };
interface Shown {
  data: unknown[];
  lineStyle: { color: string; type: unknown };
  markPoint?: unknown;
  markLine?: { data: unknown[] };
}
const option = (changes: Partial<Drawing> = {}) =>
  lineOption({ ...drawing, ...changes }, theme) as {
    xAxis: Record<string, unknown>;
    yAxis: Record<string, unknown>;
    series: Shown[];
  };
const log = { ...drawing.y, isLog: true };
const span = (low: number, high: number) =>
  line('a', [
    [1, low],
    [2, high],
  ]);

describe('lineOption', () => {
  it('breaks the line where a value is missing, and on a log scale where it has no logarithm', () => {
    expect(option().series[1]?.data).toEqual([
      [1, 0.5],
      [2, 0],
      [3, '-'],
    ]);
    expect(option({ y: log }).series[1]?.data[1]).toEqual([2, '-']);
    expect(option({ x: { ...drawing.x, isLog: true }, series: [line('a', [[0, 1]])] }).series[0]?.data).toEqual([
      ['-', 1],
    ]);
  });

  it('marks the highlight on its own curve only', () => {
    expect(option().series.map((one) => one.markPoint !== undefined)).toEqual([false, true, false]);
  });

  it('takes colours from the theme, and the dash from the series', () => {
    expect(option().series[1]?.lineStyle).toMatchObject({ color: 'color of --main', type: 'solid' });
    const dashed = { ...line('a', [[1, 1]]), dash: [7, 4] };
    expect(option({ series: [dashed] }).series[0]?.lineStyle.type).toEqual([7, 4]);
  });

  it('draws rules across the chart', () => {
    const rules = [
      { axis: 'y', at: 0.1, label: 'chance' },
      { axis: 'x', at: 7, label: 'NaN' },
    ] as const;
    expect(option({ rules }).series.at(-1)?.markLine?.data).toMatchObject([{ yAxis: 0.1 }, { xAxis: 7 }]);
  });

  it('fits the log scale to the values, with base two for a small range', () => {
    expect(option({ y: log, series: [span(0.5, 2)] }).yAxis).toMatchObject({ type: 'log', logBase: 2 });
    expect(option({ y: log, series: [span(0.001, 2)] }).yAxis).toMatchObject({ logBase: 10 });
    expect(option({ y: log, series: [span(0.5, 2)] }).yAxis.min).toBeCloseTo(0.48, 2);
  });

  it('has ticks some powers of ten apart on a log scale over many', () => {
    const ends = [
      [1e-12, 1],
      [1e-1, 2],
    ] as const;
    const many = option({ y: log, x: { ...drawing.x, from: null, to: null, isLog: true }, series: [line('a', ends)] });
    expect(many.xAxis).toMatchObject({ type: 'log', logBase: 100 });
    expect(option({ y: log, series: [span(1e-10, 2)] }).yAxis).toMatchObject({ logBase: 100 });
    expect(option({ y: log, series: [span(1e-10, 2)], isSmall: true }).yAxis).toMatchObject({ logBase: 10_000 });
    const colors = { color: () => '#123456', font: 'sans' };
    const long = lineOption(
      { ...drawing, y: { ...log, tick: (value) => value.toExponential(0) }, series: [span(1e-10, 2)] },
      colors,
    );
    const svg = svgOf({ ...long, animation: false }, { clientWidth: 400, clientHeight: 280 });
    expect(['1e-8', '1e-6', '1e-4', '1e-2', '1e+0'].filter((tick) => !svg.includes(`>${tick}<`))).toEqual([]);
  });

  it('does not label the ends of a large log scale', () => {
    const labels = (low: number) => option({ y: log, series: [span(low, 2)] }).yAxis.axisLabel;
    expect(labels(0.0001)).toMatchObject({ showMinLabel: false, showMaxLabel: false });
    expect(labels(0.5)).toMatchObject({ showMinLabel: true, showMaxLabel: true });
  });
});

describe('lineTooltip', () => {
  it('has all curves but the faint ones, in their order or by value', () => {
    const both = { ...drawing, series: [line('low', [[1, 0.1]]), line('high', [[1, 0.2]]), ...drawing.series] };
    expect(lineTooltip(both, theme)(1.2)?.box().textContent).toBe('epoch 1<b>low0.1!<b>high0.2!<b>main0.5!');
    expect(lineTooltip({ ...both, isRanked: true }, theme)(1)?.box().textContent).toBe(
      'epoch 1<b>main0.5!<b>high0.2!<b>low0.1!',
    );
  });
});

describe('svgOf', () => {
  it('renders the chart as a standalone file', () => {
    const colors = { color: (property: string) => (property === '--main' ? '#0072b2' : '#123456'), font: 'sans' };
    const rules = [{ axis: 'y', at: 0.4, label: 'guessing' }] as const;
    const svg = svgOf(
      { ...lineOption({ ...drawing, rules }, colors), backgroundColor: '#ffffff', animation: false },
      { clientWidth: 400, clientHeight: 200 },
    );
    expect(svg).toMatch(/^<svg width="400" height="200"[^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg).toContain('stroke="#0072b2"');
    for (const label of ['Epoch', 'best', 'guessing']) {
      expect(svg).toContain(`>${label}</text>`);
    }
    expect(svg).not.toContain('var(');
  });
});
