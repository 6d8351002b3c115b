import type { components } from '../api/schema';
import { pointerLabel } from '../text/labels';
import type { GroupLabels, NoteMessages } from '../text/serverMessages';
import { settingText } from '../text/settings';
import { text } from '../text/text';
import type { ComparabilityNote, Comparison } from './comparison';

type LabelPart = components['schemas']['LabelPart'];
type Group = Comparison['groups'][number];

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** The label of a pointer into the spec, or of `architecture`. */
const factorOf = (factor: string): string =>
  factor.startsWith('/') ? pointerLabel(factor, factor) : (text.compare.factors[factor] ?? factor);

/** A note in the language of the page; without a translation, in the service's English. */
export function noteText({ code, severity, arguments: args, message }: ComparabilityNote): string {
  const messages: Partial<NoteMessages> | null = text.compare.notes.messages;
  return (
    messages?.[code]?.({
      fingerprints: number(args.fingerprints),
      factor: factorOf(String(args.factor ?? '')),
      others: list(args.others).map(factorOf),
      join: args.join === 'or' ? 'or' : 'and',
      names: list(args.names),
      more: number(args.more),
      single: number(args.single),
      settings: number(args.settings),
      severity,
    }) ?? withoutVerdict(message)
  );
}

/** The message without the verdict, which the heading shows already. */
const withoutVerdict = (message: string): string => {
  const rest = message.replace(/^Not comparable: /, '');
  return rest.charAt(0).toUpperCase() + rest.slice(1);
};

/** The label of a group in the language of the page; without a translation, in the service's English. */
export function groupLabel({ label, parts }: Group): string {
  const labels = text.compare.groupParts;
  if (labels === null) {
    return label;
  }
  const known = parts.map((part) => partOf(part, labels));
  return known.some((part) => part === null) ? label : known.join(', ') || labels.same;
}

/** A label of more parts is no name for a sentence. */
const maximumParts = 3;
const firstParts = 2;

export const isLong = ({ parts }: Group): boolean => parts.length > maximumParts;

/** The name of a group in a sentence: its label where that is short, else the name of its only run or the first parts of the label. */
export function groupName(group: Group, runs: Comparison['runs']): string {
  const labels = text.compare.groupParts;
  if (!isLong(group) || labels === null) {
    return groupLabel(group);
  }
  const only = group.runs.length === 1 ? runs.find(({ id }) => id === group.runs[0]) : undefined;
  if (only !== undefined) {
    return labels.run(only.name);
  }
  const known = group.parts.slice(0, firstParts).map((part) => partOf(part, labels));
  return labels.more(known.filter((part) => part !== null).join(', '), group.parts.length - firstParts);
}

function partOf({ code, pointer, value }: LabelPart, labels: GroupLabels): string | null {
  switch (code) {
    case 'technique':
      return settingText(pointer, value);
    case 'value':
    case 'variant':
      return labels.value(factorOf(pointer), settingText(pointer, value));
    case 'none':
      return labels.none(factorOf(pointer));
    default:
      return null;
  }
}
