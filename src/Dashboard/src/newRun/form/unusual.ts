import { isObject, type Json } from '../json/pointer';
import type { FormNode } from './layout';
import { techniqueName } from './techniqueName';

/** Whether a spec says something with a value. A spec with every default filled in has null, and empty lists, where nothing is meant. */
export const isSet = (value: Json | undefined): value is Json =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);

/** Names of techniques that do nothing: what a spec has that does not ask for one. */
const nothing: ReadonlySet<string> = new Set(['none', 'constant']);

/** Whether a value differs from what is meant when it is left out, as far as the catalog tells. */
export function isUnusual(node: FormNode, value: Json | undefined): boolean {
  if (!isSet(value)) {
    return false;
  }
  switch (node.type) {
    case 'field':
      return value !== node.definition.default;
    case 'technique':
      return !nothing.has(techniqueName(value) ?? '');
    case 'group':
      return !isObject(value) || node.nodes.some((child) => isUnusual(child, value[child.name]));
    default:
      return true;
  }
}
