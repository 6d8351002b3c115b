import type { Difference } from '../json/changes';
import { isObject, type Json, segmentsOf } from '../json/pointer';
import { writeJson } from '../json/writeJson';
import { isSet, techniqueName as nameIn } from '../spec/nonDefault';
import { fieldLabel } from '../text/labels';
import { wordAt } from '../text/settings';
import { text } from '../text/text';

const maximumName = 100;
/** Between the name of the first parent and the changes. */
const separator = ' · ';

/** The label of a changed member. */
export const labelOf = ({ path }: Difference): string => fieldLabel(path, segmentsOf(path).at(-1) ?? path);

/** A value at a pointer into a spec as text: a technique by its name. */
export function valueText(pointer: string, value: Json | undefined): string {
  if (!isSet(value)) {
    return text.newRun.noLimit;
  }
  if (typeof value === 'boolean') {
    return value ? text.newRun.yes : text.newRun.no;
  }
  const name = nameIn(value);
  return name !== null
    ? wordAt(pointer, name)
    : isObject(value) || Array.isArray(value)
      ? writeJson(value, ' ')
      : String(value);
}

/** The name of a fork, by what it changes: Deep MLP · ReLU + He. */
export function forkName(parent: string, differences: readonly Difference[]): string {
  const [base = parent] = parent.split(separator);
  const changes = differences.map((difference) => {
    const value = valueText(difference.path, difference.after);
    return nameIn(difference.after) === null ? `${labelOf(difference).toLowerCase()} ${value}` : value;
  });
  const what = changes.length === 0 ? text.newRun.forkUnchanged : changes.join(' + ');
  const name = `${base}${separator}${what}`;
  return name.length > maximumName ? `${name.slice(0, maximumName - 1)}…` : name;
}
