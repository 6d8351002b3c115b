import { isObject, type Json } from '../json/pointer';

/** Where null is not the default, the word for it. */
const words: Readonly<Record<string, string>> = { '/training/batchSize': 'full', '/training/observe': 'off' };

/** A complete spec without the members that are not set. It still is the same spec. */
export function compact(value: Json, pointer = ''): Json {
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .map(
            ([name, own]) => [name, compact(own ?? words[`${pointer}/${name}`] ?? null, `${pointer}/${name}`)] as const,
          )
          .filter(([, own]) => own !== null),
      )
    : Array.isArray(value)
      ? value.map((item) => compact(item, `${pointer}/*`))
      : value;
}
