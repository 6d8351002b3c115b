import { useMemo } from 'react';
import type { SpecFinding } from '../../api/types';
import { at } from '../../json/pointer';
import { fieldLabel } from '../../text/labels';
import { text } from '../../text/text';
import type { CheckState } from '../useSpecCheck';
import type { SpecText } from '../useSpecText';
import { requestOf, type StudyDraft, type StudyRequest, varies } from './draft';
import type { StudyForm } from './StudyContext';
import { type StudyCheckState, useStudyCheck } from './useStudyCheck';
import { useStudyDraft } from './useStudyDraft';

interface Options {
  /** Key of the draft. */
  readonly source: string;
  readonly initial: StudyDraft | undefined;
  readonly spec: SpecText;
  readonly state: CheckState;
  readonly mode: string | null;
  readonly setMode: (mode: string | null) => void;
}

export interface StudyFormState {
  readonly form: StudyForm;
  /** Null while nothing varies: the form starts one run. */
  readonly request: StudyRequest | null;
  readonly plan: StudyCheckState | null;
  /** Findings of the spec, and those that only its trials have. */
  readonly specFindings: readonly SpecFinding[];
  /** The pointer of the field that shows a finding. */
  readonly placeOf: (finding: SpecFinding) => string;
  readonly automaticName: string;
  readonly forget: () => void;
}

const maximumName = 100;
const specPointer = '/spec';

/** The study that the form describes, beside its spec. */
export function useStudyForm({ source, initial, spec, state, mode, setMode }: Options): StudyFormState {
  const { draft, change, forget } = useStudyDraft(source, initial);
  const isOn = mode === 'study';
  const { document } = spec;
  const automaticName = nameOf(String(at(document, '/name') ?? text.vary.study), draft);
  const request = useMemo(
    () =>
      isOn && varies(draft) && spec.reading.ok
        ? requestOf(
            draft,
            document,
            state.effective,
            draft.name ?? automaticName,
            fieldLabel('/training/optimizer', 'optimizer'),
          )
        : null,
    [isOn, draft, spec.reading.ok, document, state.effective, automaticName],
  );
  const checked = useStudyCheck(request);
  const plan = request === null ? null : checked;
  const specFindings = useMemo(
    () => withTrials(state.findings, plan?.findings ?? []),
    [state.findings, plan?.findings],
  );
  const form = useMemo<StudyForm>(
    () => ({
      draft,
      change,
      isOn,
      turnOn: () => setMode('study'),
      findings: (plan?.findings ?? []).filter(({ pointer }) => !isOfSpec(pointer)),
    }),
    [draft, change, isOn, setMode, plan?.findings],
  );
  return { form, request, plan, specFindings, placeOf: (finding) => placeOf(finding, draft), automaticName, forget };
}

const isOfSpec = (pointer: string): boolean => pointer === specPointer || pointer.startsWith(`${specPointer}/`);

/** The check of the study repeats what the check of the spec has found. */
function withTrials(found: readonly SpecFinding[], ofStudy: readonly SpecFinding[]): readonly SpecFinding[] {
  const added = ofStudy
    .filter(({ pointer }) => isOfSpec(pointer))
    .map((finding) => ({ ...finding, pointer: finding.pointer.slice(specPointer.length) }))
    .filter(({ pointer, code }) => !found.some((one) => one.pointer === pointer && one.code === code));
  return added.length === 0 ? found : [...found, ...added];
}

/** A finding about a parameter is shown where its setting is. */
function placeOf({ pointer }: SpecFinding, { parameters }: StudyDraft): string {
  const index = /^\/parameters\/(\d+)/.exec(pointer)?.[1];
  return index === undefined ? pointer : (parameters[Number(index)]?.pointers[0] ?? pointer);
}

/** The name of the run and what varies. */
function nameOf(base: string, { parameters, seeds }: StudyDraft): string {
  const what =
    parameters.length === 0 ? text.vary.timesSeeds(String(seeds)) : parameters.map(({ name }) => name).join(', ');
  const name = `${base} · ${what}`;
  return name.length > maximumName ? `${name.slice(0, maximumName - 1)}…` : name;
}
