import type { Json } from '../json/pointer';

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * What a person typed into a field for a number, as JSON: a number when it is one, else the text itself, which the check then judges as
 * it judges every other spec ("full" and "same" are words that some members know). Nothing typed: the member is left out.
 */
export function readTyped(typed: string): Json | undefined {
  const trimmed = typed.trim();
  if (trimmed === '') {
    return undefined;
  }
  return trimmed === 'null' ? null : number.test(trimmed) ? Number(trimmed) : trimmed;
}

/** A list of numbers as it is typed: 256, 128. */
export function readTypedList(typed: string): Json | undefined {
  const parts = typed.split(/[,\s]+/).filter((part) => part !== '');
  return parts.length === 0 ? undefined : parts.map((part) => readTyped(part) ?? part);
}

/** A value as it would be typed. */
export function writeTyped(value: Json | undefined): string {
  if (value === undefined) {
    return '';
  }
  return Array.isArray(value)
    ? value.map(writeTyped).join(', ')
    : typeof value === 'object' && value !== null
      ? JSON.stringify(value)
      : String(value);
}
