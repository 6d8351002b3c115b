// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { type LineDrawing, lineOption, lineTooltip } from './LineCanvas';

const drawing: LineDrawing = {
  series: [
    { id: 'faint', name: 'Faint', color: '--a', style: 'faint', points: [[0.5, 2]] },
    {
      id: 'main',
      name: 'Main <b>',
      color: '--b',
      style: 'mark',
      points: [
        [1, 0.5],
        [2, 0],
        [3, null],
      ],
    },
  ],
  highlight: { seriesId: 'main', point: [1, 0.5], label: 'best' },
  xName: 'Epoch',
  xEnd: 5,
  scale: 'linear',
  formatX: (x) => `epoch ${x}`,
  formatY: (y) => `${y}!`,
  formatTick: String,
};
const theme = { color: (property: string) => `color of ${property}`, font: 'sans' };
type Shown = { data: unknown[]; lineStyle: { color: string }; markPoint?: unknown };
const series = (changes: Partial<LineDrawing> = {}) => lineOption({ ...drawing, ...changes }, theme).series as Shown[];

describe('lineOption', () => {
  it('breaks the line where a value is missing', () => {
    expect(series()[1]?.data).toEqual([
      [1, 0.5],
      [2, 0],
      [3, '-'],
    ]);
  });

  it('omits values without a logarithm', () => {
    expect(series({ scale: 'log' })[1]?.data).toEqual([
      [1, 0.5],
      [2, '-'],
      [3, '-'],
    ]);
  });

  it('marks the highlight on its own curve only', () => {
    expect(series().map((one) => one.markPoint !== undefined)).toEqual([false, true]);
  });

  it('takes colours from the theme', () => {
    expect(series()[1]?.lineStyle.color).toBe('color of --b');
  });

  it('has a tooltip for all curves but the faint one', () => {
    expect(lineTooltip(drawing, theme)(1.2)?.box().textContent).toBe('epoch 1Main <b>0.5!');
  });
});
