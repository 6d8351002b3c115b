import { type ReactNode, useContext, useId, useState } from 'react';
import type { SpecFinding } from '../../api/types';
import { Button } from '../../design/Button';
import { Icon } from '../../design/Icon';
import type { Json } from '../../json/pointer';
import { findingMessage } from '../../text/serverMessages';
import { settingText } from '../../text/settingText';
import { text } from '../../text/text';
import { focusField } from '../focusField';
import { useForm } from '../form/FormContext';
import { TypedInput } from '../form/TypedInput';
import { readTyped, writeTyped } from '../form/typed';
import { Section } from '../Section';
import { type MethodName, methodOf, type RuleName, type StudyDraft, withMethod, withoutParameter } from './draft';
import { ImportDialog } from './ImportDialog';
import { isList, type Varied } from './parameters';
import { StudyContext } from './StudyContext';
import { StudyFindings } from './StudyFindings';

const t = text.vary;
const methods: readonly MethodName[] = ['grid', 'random', 'quasi_random', 'tpe'];
const rules: readonly RuleName[] = ['asha', 'successive_halving', 'median'];

/** What varies, and how the study chooses, repeats and stops its trials. */
export function StudySection({ automaticName }: { automaticName: string }) {
  const study = useContext(StudyContext);
  const form = useForm();
  const [isImporting, setImporting] = useState(false);
  if (study === null) {
    return null;
  }
  const { draft, change } = study;
  const set = (changes: Partial<StudyDraft>) => change((before) => ({ ...before, ...changes }));
  const at = (member: string) => study.findings.filter(({ pointer }) => pointer === member);
  const typed = (member: 'trials' | 'seeds' | 'parallelism') => ({
    value: draft[member] ?? undefined,
    read: readTyped,
    written: writeTyped(draft[member] ?? undefined),
    change: (value: Json | undefined) => set({ [member]: value ?? null }),
    inputMode: 'numeric' as const,
  });
  const method = methodOf(draft);
  const rule = draft.stopping;
  return (
    <Section title={t.title} summary={summaryOf(draft)} startsOpen isHeldOpen={study.findings.length > 0}>
      {draft.parameters.length === 0 ? (
        <p className="muted">{t.nothing}</p>
      ) : (
        <ul className="vary-list" aria-label={t.varied}>
          {draft.parameters.map((parameter, index) => (
            <li key={parameter.name} className="row">
              <b>{parameter.name}</b>
              <span>{valuesText(parameter, form.catalog)}</span>
              {parameter.when !== undefined && (
                <span className="muted">
                  {t.onlyWhen(
                    parameter.when.parameter,
                    parameter.when.in.map((value) => settingText(value, form.catalog)).join(', '),
                  )}
                </span>
              )}
              <span className="vary-list-actions row">
                <Button
                  small
                  aria-label={text.newRun.showPlace(parameter.name)}
                  onClick={() => focusField(parameter.pointers[0] ?? '')}
                >
                  {text.newRun.show}
                </Button>
                <Button
                  small
                  aria-label={text.newRun.remove(parameter.name)}
                  title={text.newRun.remove(parameter.name)}
                  onClick={() => change((before) => withoutParameter(before, parameter))}
                >
                  <Icon shape="cross" />
                </Button>
              </span>
              <FirstError findings={study.findings} index={index} />
            </li>
          ))}
        </ul>
      )}
      <StudyFindings findings={at('/parameters')} />
      <div className="fields vary-fields">
        <Field label={t.seeds} help={t.seedsHelp} findings={at('/seeds')}>
          {(control) => <TypedInput {...control} {...typed('seeds')} />}
        </Field>
        <Field label={t.method} help={t.methodHelp[method]} findings={at('/method/name')}>
          {(control) => (
            <select
              {...control}
              className="input"
              value={method}
              onChange={(event) => change((before) => withMethod(before, event.target.value as MethodName))}
            >
              {methods.map((name) => (
                <option key={name} value={name}>
                  {text.studies.methods[name]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t.trials} help={t.trialsHelp} findings={at('/trials')}>
          {(control) => (
            <TypedInput {...control} {...typed('trials')} placeholder={method === 'grid' ? t.allPoints : '20'} />
          )}
        </Field>
        <Field label={t.stopping} help={t.stoppingHelp} findings={at('/stopping/name')}>
          {(control) => (
            <select
              {...control}
              className="input"
              value={rule?.name ?? ''}
              onChange={({ target: { value } }) => set({ stopping: value === '' ? null : { name: value as RuleName } })}
            >
              <option value="">{text.newRun.noLimit}</option>
              {rules.map((name) => (
                <option key={name} value={name}>
                  {text.studies.rules[name]}
                </option>
              ))}
            </select>
          )}
        </Field>
        {rule !== null && (
          <Field label={t.minimumEpochs} help={t.minimumEpochsHelp} findings={at('/stopping/minimumEpochs')}>
            {(control) => (
              <TypedInput
                {...control}
                {...rulePart(rule, 'minimumEpochs', (stopping) => set({ stopping }))}
                placeholder="1"
              />
            )}
          </Field>
        )}
        {rule !== null && rule.name !== 'median' && (
          <Field label={t.reductionFactor} help={t.reductionFactorHelp} findings={at('/stopping/reductionFactor')}>
            {(control) => (
              <TypedInput
                {...control}
                {...rulePart(rule, 'reductionFactor', (stopping) => set({ stopping }))}
                placeholder="3"
              />
            )}
          </Field>
        )}
        <Field label={t.metric} help={t.metricHelp} findings={at('/metric')}>
          {(control) => (
            <select
              {...control}
              className="input"
              value={draft.metric}
              onChange={({ target: { value } }) => set({ metric: value as StudyDraft['metric'] })}
            >
              {(['validation_accuracy', 'validation_loss'] as const).map((name) => (
                <option key={name} value={name}>
                  {t.metrics[name]}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <details className="more">
        <summary>
          {text.newRun.moreSettings} <small>{[t.name, t.parallelism, t.budget].join(', ')}</small>
        </summary>
        <div className="fields">
          <Field label={t.name} help={t.nameHelp} findings={at('/name')}>
            {(control) => (
              <TypedInput
                {...control}
                value={draft.name ?? undefined}
                read={(value) => (value === '' ? undefined : value)}
                written={draft.name ?? ''}
                change={(value) => set({ name: typeof value === 'string' ? value : null })}
                placeholder={automaticName}
              />
            )}
          </Field>
          <Field label={t.parallelism} help={t.parallelismHelp} findings={at('/parallelism')}>
            {(control) => <TypedInput {...control} {...typed('parallelism')} placeholder={t.allSlots} />}
          </Field>
          <Field label={t.budget} help={t.budgetHelp} findings={at('/budget/seconds')}>
            {(control) => (
              <TypedInput
                {...control}
                inputMode="numeric"
                value={draft.budget?.seconds}
                read={readTyped}
                written={writeTyped(draft.budget?.seconds)}
                change={(seconds) => set({ budget: withSeconds(draft.budget, seconds) })}
                placeholder={text.newRun.noLimit}
              />
            )}
          </Field>
        </div>
      </details>
      <StudyFindings findings={study.findings.filter(({ pointer }) => !isPlaced(pointer))} />
      <p className="vary-import">
        <Button small onClick={() => setImporting(true)}>
          {t.import.open}
        </Button>
      </p>
      {isImporting && <ImportDialog onClose={() => setImporting(false)} />}
    </Section>
  );
}

/** What is wrong with a parameter, where its setting is not in view. */
function FirstError({ findings, index }: { findings: readonly SpecFinding[]; index: number }) {
  const at = `/parameters/${index}`;
  const found = findings.find(
    ({ severity, pointer }) => severity === 'error' && (pointer === at || pointer.startsWith(`${at}/`)),
  );
  return found !== undefined && <span className="finding finding-error vary-list-error">{findingMessage(found)}</span>;
}

/** Members with a field of their own; findings about parameters are shown where the setting is. */
const placed: readonly string[] = [
  ...['/parameters', '/seeds', '/method/name', '/trials', '/stopping/name', '/stopping/minimumEpochs'],
  ...['/stopping/reductionFactor', '/metric', '/name', '/parallelism', '/budget/seconds'],
];

const isPlaced = (pointer: string): boolean => pointer.startsWith('/parameters/') || placed.includes(pointer);

const rulePart = (
  rule: NonNullable<StudyDraft['stopping']>,
  member: 'minimumEpochs' | 'reductionFactor',
  set: (rule: StudyDraft['stopping']) => void,
) => ({
  value: rule[member],
  read: readTyped,
  written: writeTyped(rule[member]),
  change: (value: Json | undefined) => {
    const { [member]: _, ...rest } = rule;
    set(value === undefined ? rest : { ...rest, [member]: value });
  },
  inputMode: 'numeric' as const,
});

/** Of a parameter in one line: 0.0001 to 0.1, log. */
export function valuesText(parameter: Varied, catalog: Parameters<typeof settingText>[1]): string {
  if (isList(parameter)) {
    return (parameter.values ?? []).map((value) => settingText(value, catalog)).join(' · ');
  }
  const { low, high, log } = parameter;
  const ends = t.between(low === undefined ? '?' : settingText(low), high === undefined ? '?' : settingText(high));
  return log === true ? t.onLog(ends) : ends;
}

/** A budget with another number of seconds; null: there is none left. */
function withSeconds(budget: StudyDraft['budget'], seconds: Json | undefined): StudyDraft['budget'] {
  const { seconds: _, ...others } = budget ?? {};
  const next = seconds === undefined ? others : { ...others, seconds };
  return Object.keys(next).length === 0 ? null : next;
}

const summaryOf = (draft: StudyDraft): string =>
  [
    draft.parameters.map(({ name }) => name).join(', '),
    text.studies.methods[methodOf(draft)],
    draft.stopping === null ? '' : text.studies.rules[draft.stopping.name],
    (draft.seeds ?? 1) === 1 ? '' : t.timesSeeds(writeTyped(draft.seeds)),
  ]
    .filter((part) => part !== '')
    .join(' · ');

interface FieldProps {
  label: string;
  help: string;
  findings: readonly SpecFinding[];
  children: (control: { id: string; 'aria-describedby': string; 'aria-invalid': boolean | undefined }) => ReactNode;
}

function Field({ label, help, findings, children }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': `${id}-help`, 'aria-invalid': findings.length > 0 || undefined })}
      <p className="field-help" id={`${id}-help`}>
        {help}
      </p>
      <StudyFindings findings={findings} />
    </div>
  );
}
