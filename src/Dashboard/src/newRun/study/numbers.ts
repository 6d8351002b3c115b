import type { Json } from '../../json/pointer';
import { readTyped, writeTyped } from '../form/typed';
import { type StudyDraft, withMember } from './draft';

/** A number of a draft as the properties of its input. */
export const draftNumber = (
  draft: StudyDraft,
  member: 'trials' | 'seeds' | 'parallelism' | 'seed',
  set: (changes: Partial<StudyDraft>) => void,
) => inputOf(draft[member] ?? undefined, (value) => set({ [member]: value ?? null }));

/** A number of a part of the draft, such as its rule of early stopping. */
export const numberOf = <Part extends object>(part: Part, member: keyof Part, set: (part: Part) => void) =>
  inputOf(part[member] as Json | undefined, (value) => set(withMember(part, member, value)));

const inputOf = (value: Json | undefined, change: (value: Json | undefined) => void) => ({
  value,
  read: readTyped,
  written: writeTyped(value),
  change,
  inputMode: 'numeric' as const,
});
