import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { ApiError } from '../api/problem';
import type { Catalog } from '../api/types';
import { Problem } from '../design/Problem';
import { text } from '../text/text';
import { CheckCard } from './CheckCard';
import { CheckedLayers } from './CheckedLayers';
import { ForkCard } from './ForkCard';
import { FormContext, type FormState } from './form/FormContext';
import { layoutOf } from './form/layout';
import { Nodes } from './form/Nodes';
import { JsonPane } from './JsonPane';
import { changesOf, differencesOf } from './json/changes';
import { at, type Json } from './json/pointer';
import { Presets } from './Presets';
import { showFinding } from './showFinding';
import type { ForkStart } from './useFork';
import { useSpecCheck } from './useSpecCheck';
import { useSpecText } from './useSpecText';
import { useSubmit } from './useSubmit';

interface SpecFormProps {
  catalog: Catalog;
  /** What the draft is remembered by. */
  source: string;
  initial: Json;
  /** The run that this is made from. */
  fork?: ForkStart;
}

/** Form and JSON side by side, with what the service thinks of them, and the way to start the run. */
export function SpecForm({ catalog, source, initial, fork }: SpecFormProps) {
  const spec = useSpecText(source, initial);
  const state = useSpecCheck(spec.document, spec.reading, spec.text);
  const submit = useSubmit(spec.forget);
  const [weights, setWeights] = useState(false);
  const differences = useMemo(
    () => (fork === undefined ? [] : differencesOf(fork.run.spec as unknown as Json, state.effective ?? spec.document)),
    [fork, state.effective, spec.document],
  );
  const editor = useRef<HTMLTextAreaElement>(null);
  const nodes = useMemo(() => layoutOf(catalog), [catalog]);
  const networks = useMemo(() => catalog.techniques.filter((technique) => technique.kind === 'preset'), [catalog]);
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
        showFinding(firstError.pointer);
      } else {
        editor.current?.focus();
      }
    } else if (!submit.isPending && (fork === undefined || state.isCurrent)) {
      submit.mutate(
        fork === undefined
          ? { spec: spec.document }
          : {
              fork: fork.run.id,
              name: nameOf(spec.document),
              changes: changesOf(differences.filter(isNoName)),
              weights,
            },
      );
    }
  };
  useSubmitKeys(start);

  const sections = [
    { name: 'run', pointer: '', nodes: nodes.filter((node) => node.type !== 'group') },
    ...nodes.flatMap((node) =>
      node.type === 'group' ? [{ name: node.name, pointer: `/${node.name}`, nodes: node.nodes }] : [],
    ),
  ];
  return (
    <>
      {fork === undefined && <Presets spec={spec} networks={networks} />}
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
          <fieldset className="form-parts" disabled={!spec.reading.ok}>
            <legend className="visually-hidden">{text.newRun.formLabel}</legend>
            {!spec.reading.ok && <p className="message">{text.newRun.jsonBroken}</p>}
            {sections.map((section) => (
              <section key={section.name} className="card" aria-labelledby={`section-${section.name}`}>
                <div className="card-head">
                  <h2 id={`section-${section.name}`}>{text.newRun.sections[section.name] ?? section.name}</h2>
                </div>
                <Nodes nodes={section.nodes} pointer={section.pointer} pattern={section.pointer} />
              </section>
            ))}
          </fieldset>
        </FormContext>
        <div className="form-side">
          {fork !== undefined && (
            <ForkCard
              run={fork.run}
              suggestion={fork.suggestion}
              differences={differences.filter(isNoName)}
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

const isNoName = ({ path }: { path: string }): boolean => path !== '/name';

const nameOf = (document: Json): string => {
  const name = at(document, '/name');
  return typeof name === 'string' ? name : '';
};

/** Ctrl + Enter starts the run from anywhere on the page. */
function useSubmitKeys(start: () => void): void {
  const newest = useRef(start);
  useEffect(() => {
    newest.current = start;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        newest.current();
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}

/** Whether the card of the check says the same already. */
const isListed = (error: Error): boolean => error instanceof ApiError && error.problem.status === 422;
