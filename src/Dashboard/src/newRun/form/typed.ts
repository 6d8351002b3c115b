import type { Json } from '../../json/pointer';

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * The JSON value of text typed into a numeric field: a number if it is one, else the text itself, which the service validates (some
 * members accept words such as "full" and "same"). Empty text: the member is unset.
 */
export function readTyped(typed: string): Json | undefined {
  const trimmed = typed.trim();
  if (trimmed === '') {
    return undefined;
  }
  return trimmed === 'null' ? null : number.test(trimmed) ? Number(trimmed) : trimmed;
}

/** The JSON value of a typed list of numbers: 256, 128. */
export function readTypedList(typed: string): Json | undefined {
  const parts = typed.split(/[,\s]+/).filter((part) => part !== '');
  return parts.length === 0 ? undefined : parts.map((part) => readTyped(part) ?? part);
}

/** A JSON value as typed text. */
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
