import { useContext, useState } from 'react';
import type { SpecFinding } from '../../api/types';
import { Button } from '../../design/Button';
import { Icon } from '../../design/Icon';
import { findingMessage } from '../../text/serverMessages';
import { settingText } from '../../text/settingText';
import { text } from '../../text/text';
import { focusField } from '../focusField';
import { useForm } from '../form/FormContext';
import { TypedInput } from '../form/TypedInput';
import { writeTyped } from '../form/typed';
import { Section } from '../Section';
import { type MethodName, methodOf, type RuleName, type StudyDraft, withMethod, withoutParameter } from './draft';
import { ImportDialog } from './ImportDialog';
import { MoreStudySettings, placedInMore } from './MoreStudySettings';
import { draftNumber, numberOf } from './numbers';
import { isList, type Varied } from './parameters';
import { StudyContext } from './StudyContext';
import { StudyField } from './StudyField';
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
  const typed = (member: 'trials' | 'seeds') => draftNumber(draft, member, set);
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
        <StudyField label={t.seeds} help={t.seedsHelp} findings={at('/seeds')}>
          {(control) => <TypedInput {...control} {...typed('seeds')} />}
        </StudyField>
        <StudyField label={t.method} help={t.methodHelp[method]} findings={at('/method/name')}>
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
        </StudyField>
        <StudyField label={t.trials} help={t.trialsHelp} findings={at('/trials')}>
          {(control) => (
            <TypedInput {...control} {...typed('trials')} placeholder={method === 'grid' ? t.allPoints : '20'} />
          )}
        </StudyField>
        <StudyField label={t.stopping} help={t.stoppingHelp} findings={at('/stopping/name')}>
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
        </StudyField>
        {rule !== null && (
          <StudyField label={t.minimumEpochs} help={t.minimumEpochsHelp} findings={at('/stopping/minimumEpochs')}>
            {(control) => (
              <TypedInput
                {...control}
                {...numberOf(rule, 'minimumEpochs', (stopping) => set({ stopping }))}
                placeholder="1"
              />
            )}
          </StudyField>
        )}
        {rule !== null && rule.name !== 'median' && (
          <StudyField label={t.reductionFactor} help={t.reductionFactorHelp} findings={at('/stopping/reductionFactor')}>
            {(control) => (
              <TypedInput
                {...control}
                {...numberOf(rule, 'reductionFactor', (stopping) => set({ stopping }))}
                placeholder="3"
              />
            )}
          </StudyField>
        )}
        <StudyField label={t.metric} help={t.metricHelp} findings={at('/metric')}>
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
        </StudyField>
      </div>
      <MoreStudySettings study={study} automaticName={automaticName} />
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
  ...['/stopping/reductionFactor', '/metric', ...placedInMore],
];

const isPlaced = (pointer: string): boolean => pointer.startsWith('/parameters/') || placed.includes(pointer);

/** Of a parameter in one line: 0.0001 to 0.1, log. */
export function valuesText(parameter: Varied, catalog: Parameters<typeof settingText>[1]): string {
  if (isList(parameter)) {
    return (parameter.values ?? []).map((value) => settingText(value, catalog)).join(' · ');
  }
  const { low, high, log } = parameter;
  const ends = t.between(low === undefined ? '?' : settingText(low), high === undefined ? '?' : settingText(high));
  return log === true ? t.onLog(ends) : ends;
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
