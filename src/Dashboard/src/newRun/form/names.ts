import type { ParameterDefinition } from '../../api/types';
import { fieldLabel } from '../../text/labels';
import { text } from '../../text/text';

/** The label with the unit, unless the label contains it. */
export function labelWithUnit(pattern: string, { name, unit }: ParameterDefinition): string {
  const label = fieldLabel(pattern, name);
  const word = unit == null ? null : (text.newRun.units[unit] ?? unit);
  return word === null || label.toLowerCase().includes(word) ? label : `${label} (${word})`;
}

const written = (value: unknown): string =>
  typeof value === 'boolean'
    ? value
      ? text.newRun.yes
      : text.newRun.no
    : Array.isArray(value)
      ? value.join(', ')
      : String(value);

/** The default of a parameter for display; null when it has none. */
export const defaultOf = ({ default: value, nullable }: ParameterDefinition): string | null =>
  value != null ? written(value) : nullable ? text.newRun.noLimit : null;

/** The range of a parameter for display; null when it has none. */
export function rangeOf({
  kind,
  minimum,
  maximum,
  minimumExclusive,
  maximumExclusive,
}: ParameterDefinition): string | null {
  if (kind === 'text') {
    return maximum == null ? null : text.newRun.rangeLength(String(maximum));
  }
  if (minimum == null || maximum == null) {
    return null;
  }
  const { rangeBoth, rangeAbove, rangeBelow, rangeInside } = text.newRun;
  const range = minimumExclusive
    ? maximumExclusive
      ? rangeInside
      : rangeAbove
    : maximumExclusive
      ? rangeBelow
      : rangeBoth;
  return range(short(minimum), short(maximum));
}

// 65,536, but 1e-30.
const short = (value: number): string =>
  value !== 0 && Math.abs(value) < 1e-6
    ? String(value)
    : value.toLocaleString(text.locale, { maximumSignificantDigits: 10 });
