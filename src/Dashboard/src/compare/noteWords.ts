import type { components } from '../api/schema';
import { text } from '../text/text';
import type { ComparabilityNote, Comparison } from './comparison';
import { formatSetting, labelOfPointer } from './words';

export type ComparabilityCode = components['schemas']['ComparabilityCode'];
type LabelPart = components['schemas']['LabelPart'];

/** What a note is made with; the code tells which there are. Places in specs are named already. */
export interface NoteArguments {
  readonly fingerprints: number;
  readonly factor: string;
  readonly others: readonly string[];
  readonly join: 'and' | 'or';
  readonly names: readonly string[];
  readonly more: number;
  readonly single: number;
  readonly settings: number;
  readonly severity: ComparabilityNote['severity'];
}

/** The notes of a language other than the service's own. */
export type NoteWords = Readonly<Record<ComparabilityCode, (given: NoteArguments) => string>>;

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** A place in the spec, or `architecture`. */
const factorOf = (factor: string): string =>
  factor.startsWith('/') ? labelOfPointer(factor, factor) : (text.compare.factors[factor] ?? factor);

/** A note in the language of the page; one that the page does not know, in the service's English. */
export function sentenceOf({ code, severity, arguments: given, message }: ComparabilityNote): string {
  const said: Partial<NoteWords> | null = text.compare.notes.said;
  return (
    said?.[code]?.({
      fingerprints: number(given.fingerprints),
      factor: factorOf(String(given.factor ?? '')),
      others: list(given.others).map(factorOf),
      join: given.join === 'or' ? 'or' : 'and',
      names: list(given.names),
      more: number(given.more),
      single: number(given.single),
      settings: number(given.settings),
      severity,
    }) ?? withoutLead(message)
  );
}

/** The service begins with the verdict that stands in the heading already. */
const withoutLead = (message: string): string => {
  const rest = message.replace(/^Not comparable: /, '');
  return rest.charAt(0).toUpperCase() + rest.slice(1);
};

/** What sets a group apart, in the language of the page; what the page does not know, in the service's English. */
export function labelOfGroup({ label, parts }: Comparison['groups'][number]): string {
  const words = text.compare.groupParts;
  if (words === null || parts === undefined) {
    return label;
  }
  const known = parts.map((part) => partOf(part, words));
  return known.some((part) => part === null) ? label : known.join(', ') || words.same;
}

export interface GroupWords {
  readonly same: string;
  readonly none: (what: string) => string;
  readonly value: (what: string, value: string) => string;
}

function partOf({ code, pointer, value }: LabelPart, words: GroupWords): string | null {
  switch (code) {
    case 'technique':
      return formatSetting(value);
    case 'value':
    case 'variant':
      return words.value(factorOf(pointer), formatSetting(value));
    case 'none':
      return words.none(factorOf(pointer));
    default:
      return null;
  }
}
