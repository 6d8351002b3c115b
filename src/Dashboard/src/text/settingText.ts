import type { Catalog } from '../api/types';
import { tick } from './format';
import { fieldLabel } from './labels';
import { text } from './text';

type Titles = Pick<Catalog, 'techniques'> | undefined;

/** A value of a setting: 0.01, yes, 64, 32, Adam (learning rate 0.01). Without a catalog, a technique is its name. */
export function settingText(value: unknown, catalog?: Titles): string {
  if (typeof value === 'number') {
    return tick(Number(value.toPrecision(4)));
  }
  if (typeof value === 'boolean') {
    return value ? text.newRun.yes : text.newRun.no;
  }
  if (typeof value === 'string') {
    return titleOf(value, catalog);
  }
  if (Array.isArray(value)) {
    return value.map((part) => settingText(part, catalog)).join(', ');
  }
  if (typeof value === 'object' && value !== null) {
    const { name, ...rest } = value as Record<string, unknown>;
    const parts = Object.entries(rest).map(
      ([key, part]) => `${fieldLabel(key, key).toLowerCase()} ${settingText(part)}`,
    );
    const title = typeof name === 'string' ? titleOf(name, catalog) : '';
    return parts.length === 0 ? title : title === '' ? parts.join(', ') : `${title} (${parts.join(', ')})`;
  }
  return text.newRun.noLimit;
}

const titleOf = (name: string, catalog: Titles): string =>
  catalog?.techniques.find((technique) => technique.name === name)?.title ?? text.newRun.choices[name] ?? name;

/** The values of a trial in one line. */
export const assignmentText = (assignment: Readonly<Record<string, unknown>>, catalog?: Titles): string =>
  Object.entries(assignment)
    .map(([name, value]) => `${name} ${settingText(value, catalog)}`)
    .join(', ');
