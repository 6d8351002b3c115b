// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { lineStyle } from '../lineStyle';
import { type CurvesDrawing, curvesOption, curvesTooltip } from './CurvesCanvas';
import type { Line } from './lines';

const line = (id: string, points: Line['points'], isFaint = false): Line => ({
  id,
  owner: id,
  name: `<b>${id}`,
  style: lineStyle(1),
  isFaint,
  points,
});
const drawing: CurvesDrawing = {
  lines: [
    line('a', [
      [1, 0.5],
      [2, 0],
      [3, null],
    ]),
  ],
  bands: [],
  xName: 'Epoch',
  yName: 'Loss',
  isLog: false,
  xEnd: null,
  yRange: null,
  formatX: (x) => `epoch ${x}`,
  formatXTick: String,
  formatY: (y) => `${y}!`,
  formatYTick: String,
};
const option = (changes: Partial<CurvesDrawing> = {}) =>
  curvesOption({ ...drawing, ...changes }, { color: (property) => `color of ${property}`, font: 'sans' }) as {
    yAxis: Record<string, unknown>;
    series: { data: unknown[]; lineStyle: { color: string; type: unknown } }[];
  };

describe('curvesOption', () => {
  it('breaks a line at missing values, and on a log scale at values without a logarithm', () => {
    expect(option().series[0]?.data).toEqual([
      [1, 0.5],
      [2, 0],
      [3, '-'],
    ]);
    expect(option({ isLog: true }).series[0]?.data[1]).toEqual([2, '-']);
  });

  it('draws with the colour of the theme and the dash of the run', () => {
    expect(option().series[0]?.lineStyle).toMatchObject({ color: 'color of --line-2', type: [7, 4] });
  });

  it('fits the log scale to the values, with base two for a small range', () => {
    const span = (low: number, high: number) =>
      option({
        isLog: true,
        lines: [
          line('a', [
            [1, low],
            [2, high],
          ]),
        ],
      }).yAxis;
    expect(span(0.5, 2)).toMatchObject({ type: 'log', logBase: 2 });
    expect(span(0.001, 2)).toMatchObject({ logBase: 10 });
    expect(span(0.5, 2).min).toBeCloseTo(0.48, 2);
  });

  it('sorts the tooltip by value, without faint curves', () => {
    const lines = [line('a', [[1, 0.1]]), line('b', [[1, 0.2]]), line('pale', [[1, 9]], true)];
    const theme = { color: (property: string) => property, font: 'sans' };
    expect(curvesTooltip({ ...drawing, lines }, theme)(1)?.box().textContent).toBe('epoch 1<b>b0.2!<b>a0.1!');
  });

  it('does not label the ends of a large log scale', () => {
    const labels = (low: number) =>
      option({
        isLog: true,
        lines: [
          line('a', [
            [1, low],
            [2, 2],
          ]),
        ],
      }).yAxis.axisLabel;
    expect(labels(0.0001)).toMatchObject({ showMinLabel: false, showMaxLabel: false });
    expect(labels(0.5)).toMatchObject({ showMinLabel: true, showMaxLabel: true });
  });
});
