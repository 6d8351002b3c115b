import { createContext, useContext } from 'react';
import type { SpecFinding } from '../../api/types';
import type { Json } from '../../json/pointer';
import { parameterAt, type Scope, type StudyDraft } from './draft';
import type { Varied } from './parameters';

/** What varies, shared by the fields of the form. */
export interface StudyForm {
  readonly draft: StudyDraft;
  readonly change: (change: (draft: StudyDraft) => StudyDraft) => void;
  /** Whether the form describes a study. */
  readonly isOn: boolean;
  readonly turnOn: () => void;
  /** Of the request: pointers are into the draft. */
  readonly findings: readonly SpecFinding[];
}

export const StudyContext = createContext<StudyForm | null>(null);

/** The choice that the fields below belong to; null outside of one. */
export const ScopeContext = createContext<Scope | null>(null);

/** Names and seeds of runs are the study's own, the test set is not for choosing, and some settings change nothing that is measured. */
const fixed: ReadonlySet<string> = new Set([
  ...['/name', '/experiment', '/seed', '/version', '/training/evaluateTest'],
  ...['/training/device', '/training/timeLimitSeconds'],
]);
const without = ['/training/observe', '/training/checkpoints'];

const canVary = (pointer: string): boolean =>
  !fixed.has(pointer) && !without.some((group) => pointer === group || pointer.startsWith(`${group}/`));

export interface Variation {
  readonly study: StudyForm;
  readonly scope: Scope | null;
  /** Undefined while the setting has one value. */
  readonly parameter: Varied | undefined;
  readonly findings: readonly SpecFinding[];
}

/** How a setting varies; null where it cannot. */
export function useVariation(pointer: string): Variation | null {
  const study = useContext(StudyContext);
  const scope = useContext(ScopeContext);
  if (study === null || !canVary(pointer)) {
    return null;
  }
  const parameter = study.isOn ? parameterAt(study.draft, pointer, scope) : undefined;
  const at = parameter === undefined ? null : `/parameters/${study.draft.parameters.indexOf(parameter)}`;
  const isThere = (found: string) => found === at || found.startsWith(`${at}/`);
  return {
    study,
    scope,
    parameter,
    findings: at === null ? [] : study.findings.filter((finding) => isThere(finding.pointer)),
  };
}

/** The draft as a document, for the corrections of findings. */
export const documentOf = (draft: StudyDraft): Json => draft as unknown as Json;
