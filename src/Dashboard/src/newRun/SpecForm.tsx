import { type FormEvent, useMemo, useRef, useState } from 'react';
import { ApiError } from '../api/problem';
import type { Catalog } from '../api/types';
import { Card } from '../design/Card';
import { Problem } from '../design/Problem';
import { changesOf, differencesOf } from '../json/changes';
import { at, type Json } from '../json/pointer';
import { useKeyDown } from '../navigation/useKeyDown';
import { text } from '../text/text';
import { CheckCard, CheckedLayers, focusField } from './CheckCard';
import { ForkCard } from './ForkCard';
import { forkName } from './forkName';
import { FormContext, type FormState } from './form/FormContext';
import { layoutOf } from './form/layout';
import { Nodes } from './form/Nodes';
import { JsonPane } from './JsonPane';
import { TemplatePicker } from './TemplatePicker';
import type { ForkStart } from './useFork';
import { useSpecCheck } from './useSpecCheck';
import { useSpecText } from './useSpecText';
import { useSubmit } from './useSubmit';

interface SpecFormProps {
  catalog: Catalog;
  /** Key of the draft. */
  source: string;
  initial: Json;
  /** The run to fork. */
  fork?: ForkStart;
}

/** Form and JSON side by side, with the results of the check and the submit button. */
export function SpecForm({ catalog, source, initial, fork }: SpecFormProps) {
  const spec = useSpecText(source, initial);
  const state = useSpecCheck(spec.document, spec.reading, spec.text);
  const submit = useSubmit(spec.forget);
  const [weights, setWeights] = useState(false);
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
  const name = typedName === fork?.run.name ? forkName(catalog, typedName, differences) : typedName;
  const editor = useRef<HTMLTextAreaElement>(null);
  const nodes = useMemo(() => layoutOf(catalog), [catalog]);
  const architectures = useMemo(() => catalog.techniques.filter((technique) => technique.kind === 'preset'), [catalog]);
  const form = useMemo<FormState>(
    () => ({
      catalog,
      document: spec.document,
      effective: state.effective,
      findings: spec.reading.ok ? state.findings : [],
      edit: spec.edit,
    }),
    [catalog, spec.document, spec.reading, spec.edit, state.effective, state.findings],
  );

  const firstError = state.findings.find((finding) => finding.severity === 'error');
  const start = () => {
    if (firstError !== undefined) {
      if (spec.reading.ok) {
        focusField(firstError.pointer);
      } else {
        editor.current?.focus();
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
  return (
    <>
      {fork === undefined && <TemplatePicker spec={spec} architectures={architectures} />}
      <form
        className="new-run"
        aria-label={text.newRun.formLabel}
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          start();
        }}
      >
        <FormContext value={form}>
          <fieldset className="stack" disabled={!spec.reading.ok}>
            <legend className="visually-hidden">{text.newRun.formLabel}</legend>
            {!spec.reading.ok && <p className="message">{text.newRun.jsonBroken}</p>}
            {sections.map((section) => (
              <Card key={section.name} title={text.newRun.sections[section.name] ?? section.name}>
                <Nodes nodes={section.nodes} pointer={section.pointer} pattern={section.pointer} />
              </Card>
            ))}
          </fieldset>
        </FormContext>
        <div className="form-side stack">
          {fork !== undefined && (
            <ForkCard
              run={fork.run}
              suggestion={fork.suggestion}
              {...{ catalog, name, differences }}
              weights={weights}
              onWeights={setWeights}
            />
          )}
          <CheckCard state={state} isSubmitting={submit.isPending} />
          {submit.error !== null && !isListed(submit.error) && (
            <Problem title={text.newRun.submitFailed} error={submit.error} />
          )}
          <JsonPane spec={spec} findings={state.findings} editor={editor} />
          <CheckedLayers check={state.check} />
        </div>
      </form>
    </>
  );
}

/** Whether the check card lists the findings already. */
const isListed = (error: Error): boolean => error instanceof ApiError && error.problem.status === 422;
