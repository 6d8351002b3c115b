import type { components } from '../api/schema';
import { Given, type Sentence, type Sentences } from './given';
import { text } from './text';

type Schemas = components['schemas'];
type SpecFinding = Schemas['SpecFinding'];

/** What is wrong with a spec, and what to write instead. */
export interface SpecSentence {
  readonly message: Sentence;
  readonly fix: Sentence;
}

/** What the service says, in a language other than its own. By code, or by rule of the diagnosis, or by kind of layer. */
export interface SaidWords {
  readonly spec: Readonly<Record<Schemas['SpecFindingCode'], SpecSentence>>;
  readonly diagnosis: Sentences;
  readonly suggestions: Sentences<Schemas['SuggestionCode']>;
  /** Failures, notices, reasons of states: what happened to a run. */
  readonly story: Sentences<Schemas['StoryCode']>;
  /** Why a verb does not apply. */
  readonly actions: Sentences<Schemas['RunActionCode']>;
  /** Settings of a layer. */
  readonly layers: Sentences;
}

/** A code with what its sentence is made with; null where an earlier version of the service wrote it. */
interface Coded {
  readonly code?: string | null;
  readonly arguments?: Readonly<Record<string, unknown>> | null;
}

/** A message in the language of the page; one that the page does not know, in the service's English. */
export function say(family: Exclude<keyof SaidWords, 'spec'>, of: object, english: string): string {
  const { code, arguments: given }: Coded = of;
  const words: Partial<Sentences> | undefined = text.said?.[family];
  const sentence = code == null || given == null ? undefined : words?.[code];
  return sentence?.(new Given(given)) ?? english;
}

/** What is wrong with a spec. */
export const messageOf = (finding: SpecFinding): string => ofSpec(finding, 'message') ?? finding.message;

/** What to write instead. */
export const fixOf = (finding: SpecFinding): string => ofSpec(finding, 'fix') ?? finding.fix;

function ofSpec({ code, arguments: given }: SpecFinding, part: keyof SpecSentence): string | undefined {
  const words: Partial<SaidWords['spec']> | undefined = text.said?.spec;
  return words?.[code]?.[part](new Given(given));
}
