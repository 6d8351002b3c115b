import { describe, expect, it } from 'vitest';
import { sparkline } from './Sparkline';

describe('sparkline', () => {
  it('spans its box from the lowest to the highest value', () => {
    expect(sparkline([0, 0.5, 1])).toBe('M1.0 18.0L36.0 10.0L71.0 2.0');
  });

  it('has a gap where a value is missing', () => {
    expect(sparkline([0, null, 1])).toBe('M1.0 18.0M71.0 2.0');
  });

  it('draws noise as a flat line', () => {
    expect(sparkline([0.5, 0.501])).toBe('M1.0 18.0L71.0 17.2');
  });
});
