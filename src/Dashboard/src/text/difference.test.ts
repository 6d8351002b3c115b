import { expect, it } from 'vitest';
import { differenceText } from './difference';

// As in the sentences of the service.
it('gives an error one digit, or two when it starts with 1, and the difference as many decimals', () => {
  expect(differenceText({ difference: 0.0214, halfWidth: 0.0041 }, true)).toBe('2.1 ± 0.4');
  expect(differenceText({ difference: -0.1, halfWidth: 0.02 }, true)).toBe('10 ± 2');
  expect(differenceText({ difference: 0.5, halfWidth: 0.0123 }, false)).toBe('0.500 ± 0.012');
  expect(differenceText({ difference: 0, halfWidth: 0 }, true)).toBe('0 ± 0');
});
