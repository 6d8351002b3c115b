// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { heatMapSvg } from '../charts/heatMapSvg';
import { boundarySvg } from './boundary/boundarySvg';
import { confusionSvg } from './evaluation/confusionSvg';
import { histogramsSvg } from './layers/histogramsSvg';

const theme = {
  color: (property: string) => (property === '--surface-2' ? '#eeeeee' : '#123456'),
  font: '"A & B", sans',
};

/** Parses the file. */
function read(svg: string): Document {
  const file = new DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(file.querySelector('parsererror')).toBeNull();
  expect(svg).not.toContain('NaN');
  return file;
}
const textsOf = (file: Document) => [...file.querySelectorAll('text')].map((one) => one.textContent);

describe('heatMapSvg', () => {
  it('has a cell for each value, and none for missing values', () => {
    const file = read(
      heatMapSvg(
        {
          title: 'Spread',
          rows: [
            { label: 'a < b', values: [0, 0.5] },
            { label: 'c', values: [null, 1] },
          ],
          columns: ['epoch 1', 'epoch 2'],
          format: (value) => `${value}!`,
          range: [0, 1],
        },
        theme,
      ),
    );
    expect(file.querySelectorAll('g > rect[height="22"]')).toHaveLength(3);
    expect(textsOf(file)).toEqual(['Spread', 'a < b', 'c', 'epoch 1', 'epoch 2', '0!', '1!']);
  });
});

describe('histogramsSvg', () => {
  const histogram = { min: -1, max: 1, counts: [1, 3] };
  it('draws the histogram of each layer, and names layers without one', () => {
    const series = [
      { layer: 0, name: 'dense1', low: -1, high: 1, frames: [null, histogram] },
      { layer: 1, name: 'relu1', low: 0, high: 2, frames: [null, null] },
    ];
    const file = read(histogramsSvg('Weights', series, 1, theme));
    expect(textsOf(file)).toEqual(['Weights', 'dense1', '-1', '1', 'relu1', '0', '2']);
    expect(file.querySelectorAll('path[d*="40"]')).toHaveLength(1);
    expect(file.querySelectorAll('path[stroke-dasharray]')).toHaveLength(1);
  });
});

describe('confusionSvg', () => {
  it('has every count, also in rows without samples', () => {
    const file = read(
      confusionSvg(
        'Confusion',
        ['yes', 'no'],
        [
          [7, 3],
          [0, 0],
        ],
        theme,
      ),
    );
    expect(textsOf(file).slice(-4)).toEqual(['7', '3', '0', '0']);
    expect(file.querySelectorAll('rect[fill="#eeeeee"]')).toHaveLength(2);
  });
});

describe('boundarySvg', () => {
  it('draws training samples as dots and validation samples as squares', () => {
    const frame = {
      xMin: 0,
      xMax: 2,
      yMin: 0,
      yMax: 2,
      width: 1,
      height: 1,
      classes: 2,
      winner: 'AA==',
      confidence: '/w==',
      points: null,
    };
    const points = [
      { x: 1, y: 1, label: 0, split: 'train' as const },
      { x: 2, y: 2, label: 1, split: 'validation' as const },
    ];
    const file = read(boundarySvg('Boundary', frame, points, 'data:image/png;base64,AA==', theme));
    expect(file.querySelector('circle[r="4"]')?.getAttribute('cx')).toBe('296.0');
    expect(file.querySelectorAll('rect[width="8"]')).toHaveLength(1);
    expect(file.querySelector('image')?.getAttribute('href')).toMatch(/^data:/);
  });
});
