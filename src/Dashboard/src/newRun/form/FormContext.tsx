import { createContext, useContext } from 'react';
import type { Catalog, SpecFinding } from '../../api/types';
import type { Json } from '../../json/pointer';

/** State shared by the fields of the form. */
export interface FormState {
  readonly catalog: Catalog;
  /** The spec as written. */
  readonly document: Json;
  /** The last valid spec with every default filled in; null before the first. */
  readonly effective: Json | null;
  readonly findings: readonly SpecFinding[];
  /** Sets the value at a pointer; undefined removes the member. */
  readonly edit: (pointer: string, value: Json | undefined) => void;
  /** Replaces the whole spec, as one step. */
  readonly replace: (document: Json) => void;
  /** Whether every setting is shown, or the usual ones. */
  readonly showsAll: boolean;
}

export const FormContext = createContext<FormState | null>(null);

export function useForm(): FormState {
  const form = useContext(FormContext);
  if (form === null) {
    throw new Error('A field of the form needs a FormContext above it.');
  }
  return form;
}

/** Findings at a pointer, and those below it that no other field shows: the ones not under a member in `shown`. */
export function findingsAt(findings: readonly SpecFinding[], pointer: string, shown: readonly string[]): SpecFinding[] {
  return findings.filter((finding) => {
    if (finding.pointer === pointer) {
      return true;
    }
    if (!finding.pointer.startsWith(`${pointer}/`)) {
      return false;
    }
    const member = finding.pointer.slice(pointer.length + 1).split('/')[0] ?? '';
    return !shown.includes(member);
  });
}
