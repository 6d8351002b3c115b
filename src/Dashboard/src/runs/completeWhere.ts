import type { FilterFieldEntry } from '../api/types';

export interface Suggestion {
  /** What is inserted. */
  readonly value: string;
  readonly kind: FilterFieldEntry['kind'] | null;
}

export interface Completion {
  /** The part of the text that a suggestion replaces. */
  readonly from: number;
  readonly to: number;
  readonly suggestions: readonly Suggestion[];
}

const maximumShown = 8;
const token = /"(?:[^"]|"")*"?|'(?:[^']|'')*'?|[<>=!~]+|[(),]|[^\s"'<>=!~(),]+/g;
const ofKind: Readonly<Record<FilterFieldEntry['kind'], readonly string[]>> = {
  number: ['>', '>=', '<', '<=', '=', '!='],
  time: ['>', '>=', '<', '<='],
  text: ['=', '!=', '~', 'in'],
  choice: ['=', '!=', 'in', '~'],
  boolean: ['='],
  any: ['=', '!=', '>', '<', '~'],
};

const fold = (name: string): string => name.replaceAll(/[_-]/g, '').toLowerCase();
const isWord = (part: string): boolean => !/^["'<>=!~(),]/.test(part);
const isSign = (part: string): boolean => /^[<>=!~]/.test(part);

/** A value, in quotes where it would not be one word. */
export const quoted = (value: string): string =>
  /^[\p{L}\p{N}_.\-+*/:%]+$/u.test(value) && !/^(?:and|or|not|in|null)$/i.test(value)
    ? value
    : `"${value.replaceAll('"', '""')}"`;

/** What may follow in a filter expression at the caret: fields, operators, values or keywords, by what stands before. */
export function complete(
  text: string,
  caret: number,
  fields: readonly FilterFieldEntry[],
  valuesOf: (field: FilterFieldEntry) => readonly string[] = ({ choices }) => choices,
): Completion {
  const parts = [...text.slice(0, caret).matchAll(token)].map(({ 0: part, index }) => ({ part, index }));
  const last = parts.at(-1);
  // The word that is being typed; after a space the next one begins.
  const typed =
    last !== undefined && last.index + last.part.length === caret && !/^[(),]|^[<>=!~]/.test(last.part) ? last : null;
  const before = (typed === null ? parts : parts.slice(0, -1)).map(({ part }) => part);
  const from = typed?.index ?? caret;
  const rest = text.slice(caret).match(/^[^\s"'<>=!~(),]*/)?.[0] ?? '';
  const start = fold((typed?.part ?? '').replace(/^["']/, ''));
  const named = (name: string | undefined) =>
    fields.find((field) => name !== undefined && fold(field.name) === fold(name));

  const pick = (candidates: readonly Suggestion[]): Suggestion[] => {
    const found = candidates.filter(({ value }) => fold(value.replace(/^["']/, '')).includes(start));
    // Beginnings first, in the order of the fields.
    return [
      ...found.filter(({ value }) => fold(value).startsWith(start)),
      ...found.filter(({ value }) => !fold(value).startsWith(start)),
    ].slice(0, maximumShown);
  };
  const words = (values: readonly string[]): Suggestion[] => values.map((value) => ({ value, kind: null }));

  const previous = before.at(-1);
  const field = valueField(before, named);
  const candidates =
    field !== null
      ? words(valuesOf(field).map(quoted))
      : previous === undefined || /^(?:and|or|not|\()$/i.test(previous)
        ? fields.map(({ name, kind }) => ({ value: name, kind }))
        : isWord(previous) && named(previous) !== undefined && !isAfterSign(before)
          ? words(ofKind[named(previous)?.kind ?? 'any'])
          : words(['and', 'or']);
  const suggestions = pick(candidates);
  const isComplete = suggestions.length === 1 && typed !== null && suggestions[0]?.value === typed.part + rest;
  return { from, to: caret + rest.length, suggestions: isComplete ? [] : suggestions };
}

/** Whether the last part is a value: it stands after an operator. */
const isAfterSign = (before: readonly string[]): boolean => isSign(before.at(-2) ?? '');

/** The field whose value comes next: after an operator, or within the list of in. */
function valueField(
  before: readonly string[],
  named: (name: string | undefined) => FilterFieldEntry | undefined,
): FilterFieldEntry | null {
  if (isSign(before.at(-1) ?? '')) {
    return named(before.at(-2)) ?? null;
  }
  const open = before.lastIndexOf('(');
  const isList = open > 0 && /^in$/i.test(before[open - 1] ?? '') && !before.slice(open).includes(')');
  return isList && /^[(,]$/.test(before.at(-1) ?? '') ? (named(before[open - 2]) ?? null) : null;
}
