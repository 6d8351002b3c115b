import { describe, expect, it } from 'vitest';
import { svgOf } from './echartsSvg';
import { lineOption } from './LineCanvas';

describe('svgOf', () => {
  it('renders the chart as a standalone file', () => {
    const theme = { color: (property: string) => (property === '--a' ? '#0072b2' : '#123456'), font: 'sans' };
    const option = lineOption(
      {
        series: [
          {
            id: 'one',
            name: 'One',
            color: '--a',
            style: 'line',
            points: [
              [1, 0.5],
              [2, 0.25],
            ],
          },
        ],
        highlight: { seriesId: 'one', point: [1, 0.5], label: 'best 0.5' },
        xName: 'Epoch',
        xEnd: 2,
        scale: 'linear',
        formatX: String,
        formatY: String,
        formatTick: String,
      },
      theme,
    );

    const svg = svgOf({ ...option, backgroundColor: '#ffffff' }, { clientWidth: 400, clientHeight: 200 });

    expect(svg).toMatch(/^<svg width="400" height="200"[^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg).toContain('stroke="#0072b2"');
    expect(svg).toContain('>Epoch</text>');
    expect(svg).toContain('>best 0.5</text>');
    expect(svg).not.toContain('var(');
  });
});
