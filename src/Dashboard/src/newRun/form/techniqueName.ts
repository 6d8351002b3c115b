import { isObject, type Json } from '../json/pointer';

/** The name of a technique as a spec has it: a word, or an object with a name. */
export const techniqueName = (value: Json | undefined): string | null =>
  typeof value === 'string' ? value : isObject(value) && typeof value.name === 'string' ? value.name : null;
