import { describe, expect, it } from 'vitest';
import { catalog } from '../../testing/catalog';
import { fieldLabel, humanize } from '../../text/labels';
import { rangeOf } from './names';

describe('names', () => {
  it('finds a label by pointer or by name, or derives one', () => {
    expect(fieldLabel('/model/dense', 'dense')).toBe('Hidden dense layers');
    expect(fieldLabel('/x/kind', 'kind')).toBe('Type');
    expect(humanize('weightDecay')).toBe('Weight decay');
    expect(humanize('fan_in')).toBe('Fan in');
  });

  it('formats the range', () => {
    const momentum = catalog.fields.find((field) => field.definition.name === 'momentum')?.definition;
    expect(momentum && rangeOf(momentum)).toBe('> 0, ≤ 1');
    expect(momentum && rangeOf({ ...momentum, minimum: 1e-30, minimumExclusive: false, maximum: 65536 })).toBe(
      '1e-30 to 65,536',
    );
  });
});
