import { childOf, isObject, type Json, put } from './pointer';

/** One change of a spec: the value that a pointer gets; null removes the member. */
export interface Change {
  readonly path: string;
  readonly value: Json;
}

/** A change with the value before it; undefined: no value. */
export interface Difference {
  readonly path: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** The differences between two documents, down to single members; an array counts as one value. */
export function differencesOf(before: Json | undefined, after: Json | undefined, path = ''): Difference[] {
  // Techniques of different names share no parameters: the whole object differs.
  if (isObject(before) && isObject(after) && (path === '' || before.name === after.name)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) => differencesOf(before[name], after[name], childOf(path, name)));
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
}

export const changesOf = (differences: readonly Difference[]): Change[] =>
  differences.map(({ path, after }) => ({ path, value: after ?? null }));

/** The document with the changes applied, in order. */
export const withChanges = (document: Json, changes: readonly Change[]): Json =>
  changes.reduce<Json>((changed, { path, value }) => put(changed, path, value === null ? undefined : value), document);
