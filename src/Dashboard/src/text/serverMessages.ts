import type { components } from '../api/schema';
import { type Message, MessageArguments, type Messages } from './messageArguments';
import { text } from './text';

type Schemas = components['schemas'];
type SpecFinding = Schemas['SpecFinding'];

/** Message and fix of a finding in a spec. */
export interface SpecMessage {
  readonly message: Message;
  readonly fix: Message;
}

/** Translations of the service's messages: by code, by rule of the diagnosis, or by kind of layer. */
export interface ServerMessages {
  readonly spec: Readonly<Record<Schemas['SpecFindingCode'], SpecMessage>>;
  readonly diagnosis: Messages;
  readonly suggestions: Messages<Schemas['SuggestionCode']>;
  /** Failures, notices, and reasons of states. */
  readonly run: Messages<Schemas['RunMessageCode']>;
  /** Reasons why an action is not available, or was refused. */
  readonly actions: Messages<Schemas['RunActionCode'] | 'limit_reached' | 'other_dataset' | 'other_split'>;
  /** Problems by the last part of their type, for those whose message has no code. */
  readonly problems: Messages;
  /** Mistakes in a filter expression. */
  readonly filters: Messages;
  /** Settings of a layer. */
  readonly layers: Messages;
}

/** Arguments of a note on comparability; the code determines which are set. Pointers into specs are labels already. */
export interface NoteArguments {
  readonly fingerprints: number;
  readonly factor: string;
  readonly others: readonly string[];
  readonly join: 'and' | 'or';
  readonly names: readonly string[];
  readonly more: number;
  readonly single: number;
  readonly settings: number;
  readonly severity: Schemas['ComparabilityNote']['severity'];
}

/** Translations of notes on comparability. */
export type NoteMessages = Readonly<Record<Schemas['ComparabilityCode'], (args: NoteArguments) => string>>;

/** The verdict of a study's comparison in one sentence. */
export type VerdictText = (comparison: Schemas['ArmComparison'], isShare: boolean) => string;

/** A setting in a conclusion. */
interface ConcludedSide {
  readonly name: string;
  /** 96.70% ± 3.80%. */
  readonly value: string;
  readonly seeds: number;
}

/** Arguments of the conclusion of a comparison. */
interface ConclusionArguments {
  readonly metric: string;
  readonly best: ConcludedSide;
  /** Null for a single setting. */
  readonly other: ConcludedSide | null;
  readonly settings: number;
  readonly undecided: number;
  /** Whether both sides have the same mean. */
  readonly isEqual: boolean;
  /** Seeds of each setting that would show a difference of this size; null when unknown. */
  readonly requiredSeeds: number | null;
}

/** Translations of the conclusion of a comparison. */
export type ConclusionMessages = Readonly<Record<Schemas['ConclusionCode'], (args: ConclusionArguments) => string>>;

/** Translations of the parts of a group's label. */
export interface GroupLabels {
  readonly same: string;
  readonly none: (what: string) => string;
  readonly value: (what: string, value: string) => string;
  /** The name of a run in a sentence. */
  readonly run: (name: string) => string;
  /** The first parts of a long label, and how many are left. */
  readonly more: (first: string, count: number) => string;
}

interface Coded {
  readonly code?: string | null;
  readonly arguments?: Readonly<Record<string, unknown>> | null;
}

/** A message in the language of the page; without a translation, the service's English. */
export function translate(family: Exclude<keyof ServerMessages, 'spec'>, coded: object, english: string): string {
  const { code, arguments: args }: Coded = coded;
  const messages: Partial<Messages> | undefined = text.serverMessages?.[family];
  return code == null || args == null ? english : (messages?.[code]?.(new MessageArguments(args)) ?? english);
}

const translateFinding = ({ code, arguments: args }: SpecFinding, part: keyof SpecMessage): string | undefined => {
  const messages: Partial<ServerMessages['spec']> | undefined = text.serverMessages?.spec;
  return messages?.[code]?.[part](new MessageArguments(args));
};

/** What is wrong with a spec. */
export const findingMessage = (finding: SpecFinding): string => translateFinding(finding, 'message') ?? finding.message;

/** How to correct a spec. */
export const findingFix = (finding: SpecFinding): string => translateFinding(finding, 'fix') ?? finding.fix;

interface AnyProblem extends Coded {
  readonly type: string;
}

/** What is wrong with a request: by the code of the message where it has one, else by the type of the problem. */
export function problemMessage(problem: AnyProblem, english: string): string {
  const byType = translate('problems', { code: problem.type.split('/').at(-1), arguments: {} }, english);
  return translate('actions', problem, translate('run', problem, byType));
}
