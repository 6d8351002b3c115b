import { describe, expect, it } from 'vitest';
import { contrast, heatScale, shareColors } from './colormap';

describe('shareColors', () => {
  it.each(['light', 'dark'] as const)('has readable text at every share in the %s theme', (theme) => {
    for (let share = 0; share <= 1; share += 0.01) {
      const { background, color } = shareColors(share, theme);
      expect(contrast(background, color), background).toBeGreaterThan(4.5);
    }
  });

  it('begins with the ground of a card', () => {
    expect(shareColors(0, 'light').background).toBe('rgb(255, 255, 255)');
    expect(shareColors(0, 'dark').background).toBe('rgb(23, 31, 40)');
  });
});

describe('contrast', () => {
  it('is that of WCAG', () => {
    expect(contrast('#000', 'rgb(255, 255, 255)')).toBeCloseTo(21);
    expect(contrast('#777777', '#fff')).toBeCloseTo(4.48, 2);
  });
});

describe('heatScale', () => {
  it('is linear over a small range and logarithmic over a large one', () => {
    expect(heatScale([1, 3, null]).share(2)).toBeCloseTo(0.5);
    const wide = heatScale([1e-6, 1]);
    expect(wide.isLog).toBe(true);
    expect(wide.share(1e-3)).toBeCloseTo(0.5);
  });

  it('is never logarithmic with values below zero, or with a fixed range', () => {
    expect(heatScale([0, 1000]).isLog).toBe(false);
    expect(heatScale([0.001, 0.9], [0, 1]).share(0.25)).toBe(0.25);
    expect(heatScale([2, 2]).share(2)).toBe(0.5);
  });
});
