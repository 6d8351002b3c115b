import type { ParameterDefinition } from '../../api/types';
import { text } from '../../text/text';

/** What a member is called on the page: by its place, else by its name, else its name in words. */
export function labelOf(pattern: string, name: string): string {
  const { names } = text.newRun;
  return names[pattern] ?? names[name] ?? inWords(name);
}

/** The label with the unit, unless it says the unit itself. */
export function labelWithUnit(pattern: string, { name, unit }: ParameterDefinition): string {
  const label = labelOf(pattern, name);
  const word = unit == null ? null : (text.newRun.units[unit] ?? unit);
  return word === null || label.toLowerCase().includes(word) ? label : `${label} (${word})`;
}

/** weightDecay as Weight decay; snake_case as Snake case. */
export function inWords(name: string): string {
  const words = name
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const written = (value: unknown): string =>
  typeof value === 'boolean'
    ? value
      ? text.newRun.yes
      : text.newRun.no
    : Array.isArray(value)
      ? value.join(', ')
      : String(value);

/** The default of a parameter in words; null when it has none. */
export const defaultOf = ({ default: value, nullable }: ParameterDefinition): string | null =>
  value != null ? written(value) : nullable ? text.newRun.noLimit : null;

/** The allowed values of a parameter in words; null when every value of its kind is allowed. */
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

// 65,536, but 1e-30: as many zeros as that nobody counts.
const short = (value: number): string =>
  value !== 0 && Math.abs(value) < 1e-6
    ? String(value)
    : value.toLocaleString(text.locale, { maximumSignificantDigits: 10 });
