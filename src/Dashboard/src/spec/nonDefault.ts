import { isObject, type Json } from '../json/pointer';
import type { FormNode } from './layout';

/** The name of a technique in a spec: a string, or an object with a name. */
export const techniqueName = (value: Json | undefined): string | null =>
  typeof value === 'string' ? value : isObject(value) && typeof value.name === 'string' ? value.name : null;

/** Whether a member has a value. A spec with every default filled in has null and empty lists for unset members. */
export const isSet = (value: Json | undefined): value is Json =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);

/** Techniques that do nothing: the values of members that are not set. */
const noTechnique: ReadonlySet<string> = new Set(['none', 'constant']);

/** Whether a value differs from the default, as far as the catalog knows it. */
export function isNonDefault(node: FormNode, value: Json | undefined): boolean {
  if (!isSet(value)) {
    return false;
  }
  switch (node.type) {
    case 'field':
      return value !== node.definition.default;
    case 'technique':
      return !noTechnique.has(techniqueName(value) ?? '');
    case 'group':
      return !isObject(value) || node.nodes.some((child) => isNonDefault(child, value[child.name]));
    default:
      return true;
  }
}
