import { type FormEvent, useMemo, useRef, useState } from 'react';
import { ApiError } from '../api/problem';
import type { Catalog, SpecFinding } from '../api/types';
import { Choice } from '../design/Choice';
import { Problem } from '../design/Problem';
import { changesOf, differencesOf } from '../json/changes';
import { at, type Json } from '../json/pointer';
import { useParam } from '../navigation/navigation';
import { useKeyDown } from '../navigation/useKeyDown';
import { layoutOf } from '../spec/layout';
import { sectionSummary } from '../spec/summary';
import { text } from '../text/text';
import { FindingsCard } from './FindingsCard';
import { ForkCard } from './ForkCard';
import { FormBar } from './FormBar';
import { focusField } from './focusField';
import { forkName } from './forkName';
import { FormContext, type FormState } from './form/FormContext';
import { Nodes } from './form/Nodes';
import { withModelKind } from './modelKind';
import { PreviewCard } from './preview/PreviewCard';
import { Section } from './Section';
import { LayerDetails, SpecViews } from './SpecViews';
import type { StudyDraft } from './study/draft';
import { PlanCard } from './study/PlanCard';
import { StudyContext } from './study/StudyContext';
import { StudySection } from './study/StudySection';
import { useStudyForm } from './study/useStudyForm';
import { TemplatePicker } from './TemplatePicker';
import { useDetail } from './useDetail';
import type { ForkStart } from './useFork';
import { useParentWeights } from './useParentWeights';
import { useSpecCheck } from './useSpecCheck';
import { useSpecText } from './useSpecText';
import { useSubmit } from './useSubmit';

interface SpecFormProps {
  catalog: Catalog;
  /** Key of the draft. */
  source: string;
  initial: Json;
  /** What varies at first. */
  draft?: StudyDraft;
  /** The run to fork. */
  fork?: ForkStart;
}

/** Form and JSON side by side, with the results of the check and the submit button. */
export function SpecForm({ catalog, source, initial, draft, fork }: SpecFormProps) {
  const spec = useSpecText(source, initial);
  const state = useSpecCheck(spec.document, spec.reading, spec.text);
  const [mode, setMode] = useParam('mode');
  const study = useStudyForm({ source, initial: draft, spec, state, mode, setMode });
  const submit = useSubmit(() => {
    spec.forget();
    study.forget();
  });
  const [wantsWeights, setWantsWeights] = useState(false);
  const parentWeights = useParentWeights(fork?.run, state.check);
  const weights = wantsWeights && parentWeights === 'fit';
  const differences = useMemo(
    () =>
      fork === undefined
        ? []
        : differencesOf(fork.run.spec as unknown as Json, state.effective ?? spec.document).filter(
            ({ path }) => path !== '/name',
          ),
    [fork, state.effective, spec.document],
  );
  const typedName = String(at(spec.document, '/name') ?? '');
  // Until the user names it, a fork is named by its changes.
  const name = typedName === fork?.run.name ? forkName(typedName, differences) : typedName;
  const [detail, setDetail] = useDetail();
  const editor = useRef<HTMLTextAreaElement>(null);
  const nodes = useMemo(() => layoutOf(catalog), [catalog]);
  const form = useMemo<FormState>(
    () => ({
      catalog,
      document: spec.document,
      effective: state.effective,
      findings: spec.reading.ok ? study.specFindings : [],
      edit: (pointer, value) =>
        pointer === '/model/kind' && typeof value === 'string'
          ? spec.edit('', withModelKind(spec.document, value))
          : spec.edit(pointer, value),
      replace: (document) => spec.edit('', document),
      showsAll: detail === 'all',
    }),
    [catalog, spec.document, spec.reading, spec.edit, state.effective, study.specFindings, detail],
  );

  const findings = [...study.specFindings, ...study.form.findings];
  const firstError = findings.find((finding) => finding.severity === 'error');
  const start = () => {
    if (firstError !== undefined) {
      if (spec.reading.ok) {
        focusField(study.placeOf(firstError));
      } else {
        editor.current?.focus();
      }
    } else if (study.request !== null) {
      if (!submit.isPending && state.isCurrent && study.plan?.isCurrent === true) {
        submit.mutate({ study: study.request });
      }
    } else if (!submit.isPending && (fork === undefined || state.isCurrent)) {
      submit.mutate(
        fork === undefined
          ? { spec: spec.document }
          : {
              fork: fork.run.id,
              name,
              changes: changesOf(differences),
              weights,
            },
      );
    }
  };
  useKeyDown((event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      start();
    }
  });

  const sections = [
    { name: 'run', pointer: '', nodes: nodes.filter((node) => node.type !== 'group') },
    ...nodes.flatMap((node) =>
      node.type === 'group' ? [{ name: node.name, pointer: `/${node.name}`, nodes: node.nodes }] : [],
    ),
  ];
  const shown = { catalog, spec: state.isCurrent ? (state.effective ?? spec.document) : spec.document };
  const isFound = (pointer: string, names: readonly string[]) =>
    form.findings.some(({ pointer: at }) =>
      pointer === '' ? names.includes(at.split('/')[1] ?? '') : at === pointer || at.startsWith(`${pointer}/`),
    );
  return (
    <>
      {fork === undefined && draft === undefined && <TemplatePicker spec={spec} />}
      <form
        className="new-run"
        aria-label={text.newRun.formLabel}
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          start();
        }}
      >
        <StudyContext value={study.form}>
          <FormContext value={form}>
            <fieldset className="form-fields stack" disabled={!spec.reading.ok}>
              <legend className="visually-hidden">{text.newRun.formLabel}</legend>
              <div className="row spread">
                <Choice
                  label={text.vary.modes}
                  value={study.form.isOn ? 'study' : 'run'}
                  options={modes}
                  onChange={(next) => setMode(next === 'study' ? next : null)}
                />
                <Choice label={text.newRun.detail} value={detail} options={details} onChange={setDetail} />
              </div>
              {!spec.reading.ok && <p className="message">{text.newRun.jsonBroken}</p>}
              {study.form.isOn && <StudySection automaticName={study.automaticName} />}
              {sections.map(({ name, pointer, nodes: own }) => (
                <Section
                  key={`${name} ${detail}`}
                  title={text.newRun.sections[name] ?? name}
                  summary={sectionSummary(shown, name, own)}
                  startsOpen={detail === 'all' || (name !== 'run' && isWide())}
                  isHeldOpen={isFound(
                    pointer,
                    own.map((node) => node.name),
                  )}
                >
                  <Nodes nodes={own} pointer={pointer} pattern={pointer} />
                </Section>
              ))}
            </fieldset>
            <div className="form-side stack">
              {fork !== undefined && study.request === null && (
                <ForkCard
                  run={fork.run}
                  suggestion={fork.suggestion}
                  {...{ name, differences, parentWeights, weights }}
                  onWeights={setWantsWeights}
                />
              )}
              <FindingsCard findings={study.specFindings} error={state.error ?? study.plan?.error ?? null} />
              {study.plan?.check?.valid === true && (
                <PlanCard check={study.plan.check} draft={study.form.draft} catalog={catalog} />
              )}
              {submit.error !== null && !isListed(submit.error, findings) && (
                <Problem
                  title={study.request === null ? text.newRun.submitFailed : text.vary.startFailed}
                  error={submit.error}
                />
              )}
              <SpecViews check={state.check} spec={spec} findings={state.findings} editor={editor} />
              <PreviewCard document={spec.document} />
              <LayerDetails check={state.check} />
            </div>
          </FormContext>
        </StudyContext>
        <FormBar
          {...{ state, findings, firstError }}
          plan={study.plan}
          onShow={(finding) => focusField(study.placeOf(finding))}
          isSubmitting={submit.isPending}
        />
      </form>
    </>
  );
}

const details = [
  { value: 'basic', label: text.newRun.basic },
  { value: 'all', label: text.newRun.all },
] as const;

const modes = [
  { value: 'run', label: text.vary.oneRun },
  { value: 'study', label: text.vary.study },
] as const;

/** On a phone the sections start as one line each. */
const isWide = (): boolean => window.matchMedia?.('(min-width: 700px)').matches ?? true;

/** Whether the form shows all that the service has found. Some is only found on submission: whether weights fit, for example. */
function isListed(error: Error, listed: readonly SpecFinding[]): boolean {
  const found = error instanceof ApiError && error.problem.status === 422 ? error.problem.findings : [];
  return found.length > 0 && found.every((one) => listed.some((other) => isSame(one, other)));
}

/** A study names the place of a finding in its spec from the study on. */
const isSame = (one: SpecFinding, other: SpecFinding): boolean =>
  one.code === other.code && [other.pointer, `/spec${other.pointer}`].includes(one.pointer);
