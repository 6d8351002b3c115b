import { tick } from '../text/format';

/** A value of a parameter: 0.01, adam, adam (learningRate 0.01). */
export function valueText(value: unknown): string {
  if (typeof value === 'number') {
    return tick(Number(value.toPrecision(4)));
  }
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string') {
    const rest = Object.entries(value).filter(([name]) => name !== 'name');
    return rest.length === 0
      ? value.name
      : `${value.name} (${rest.map(([name, part]) => `${name} ${valueText(part)}`).join(', ')})`;
  }
  return JSON.stringify(value);
}

/** The values of a trial in one line. */
export const assignmentText = (assignment: Readonly<Record<string, unknown>>): string =>
  Object.entries(assignment)
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join(', ');
