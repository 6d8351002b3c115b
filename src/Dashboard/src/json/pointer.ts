/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [name: string]: Json };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The segments of a JSON pointer (RFC 6901). */
export const segmentsOf = (pointer: string): string[] =>
  pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The pointer of a member or item below a pointer. */
export const childOf = (pointer: string, name: string | number): string =>
  `${pointer}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** The value at a pointer; undefined when there is none. */
export function at(document: Json | undefined, pointer: string): Json | undefined {
  let value = document;
  for (const segment of segmentsOf(pointer)) {
    if (Array.isArray(value)) {
      value = value[Number(segment)];
    } else if (isObject(value) && Object.hasOwn(value, segment)) {
      value = value[segment];
    } else {
      return undefined;
    }
  }
  return value;
}

/** The document with a value at a pointer; missing objects are created. Undefined removes the member, or the item of an array. */
export function put(document: Json, pointer: string, value: Json | undefined): Json {
  const [first, ...rest] = segmentsOf(pointer);
  return first === undefined ? (value ?? null) : putAt(document, first, rest, value);
}

function putAt(parent: Json | undefined, first: string, rest: readonly string[], value: Json | undefined): Json {
  const [next, ...others] = rest;
  const below = (child: Json | undefined): Json | undefined =>
    next === undefined
      ? value
      : child === undefined && value === undefined
        ? undefined
        : putAt(child, next, others, value);
  if (Array.isArray(parent)) {
    const index = first === '-' ? parent.length : Number(first);
    const item = below(parent[index]);
    return item === undefined ? parent.toSpliced(index, 1) : parent.toSpliced(index, 1, item);
  }
  const object: JsonObject = isObject(parent) ? { ...parent } : {};
  const member = below(object[first]);
  if (member === undefined) {
    delete object[first];
  } else {
    object[first] = member;
  }
  return object;
}
