// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { isSilent } from './LastUpdate';

describe('isSilent', () => {
  it.each([
    [7_900, [], false],
    [8_000, [], true],
    [12_000, [250, 300], true],
    // A run whose epochs are long and without progress events.
    [12_000, [20_000, 250], false],
    [61_000, [20_000, 250], true],
  ])('%s ms after pauses of %j: %s', (silence, pauses, expected) => expect(isSilent(silence, pauses)).toBe(expected));
});
