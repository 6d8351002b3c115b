import { useState } from 'react';
import { maximumLength } from '../../text/maximumLength';
import { text } from '../../text/text';
import { TypedInput } from '../form/TypedInput';
import { type DraftMethod, type DraftRule, methodOf, type StudyDraft, withMember } from './draft';
import { draftNumber, numberOf } from './numbers';
import type { StudyForm } from './StudyContext';
import { StudyField } from './StudyField';

const t = text.vary;

/** Members whose fields are here. */
export const placedInMore: readonly string[] = [
  ...['/name', '/notes', '/parallelism', '/budget/seconds', '/budget/flops', '/score', '/seed'],
  ...['/method/scramble', '/method/startupTrials', '/method/candidates', '/method/multivariate'],
  ...['/stopping/earlyStoppingRate', '/stopping/bracketTrials', '/stopping/minimumTrials'],
];

interface MoreStudySettingsProps {
  study: StudyForm;
  automaticName: string;
}

/** What a study has a good default for. It opens by itself where something in it is wrong. */
export function MoreStudySettings({ study, automaticName }: MoreStudySettingsProps) {
  const [isOpen, setOpen] = useState(false);
  const { draft, change } = study;
  const set = (changes: Partial<StudyDraft>) => change((before) => ({ ...before, ...changes }));
  const at = (member: string) => study.findings.filter(({ pointer }) => pointer === member);
  const hasFindings = study.findings.some(({ pointer }) => placedInMore.includes(pointer));
  const method: DraftMethod = draft.method ?? { name: methodOf(draft) };
  const rule = draft.stopping;
  const methodNumber = (member: 'startupTrials' | 'candidates') =>
    numberOf(method, member, (next) => set({ method: next }));
  const flag = (member: 'scramble' | 'multivariate', byDefault: boolean) => ({
    type: 'checkbox',
    className: 'checkbox',
    checked: method[member] === undefined ? byDefault : method[member] === true,
    onChange: ({ target: { checked } }: { target: { checked: boolean } }) =>
      set({ method: withMember(method, member, checked === byDefault ? undefined : checked) }),
  });
  const ruleNumber = (member: 'earlyStoppingRate' | 'bracketTrials' | 'minimumTrials') =>
    numberOf<DraftRule>(rule ?? { name: 'asha' }, member, (stopping) => set({ stopping }));
  const budget = (member: 'seconds' | 'flops') =>
    numberOf(draft.budget ?? {}, member, (next) => set({ budget: Object.keys(next).length === 0 ? null : next }));

  return (
    <details className="more" open={isOpen || hasFindings} onToggle={({ currentTarget: { open } }) => setOpen(open)}>
      <summary>
        {text.newRun.moreSettings}{' '}
        <small>{[t.name, text.studies.edit.notes, t.parallelism, t.budget, t.score, t.seed].join(', ')}</small>
      </summary>
      <div className="fields">
        <StudyField label={t.name} help={t.nameHelp} findings={at('/name')}>
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
        </StudyField>
        <StudyField label={text.studies.edit.notes} help={t.notesHelp} findings={at('/notes')} isWide>
          {(control) => (
            <textarea
              {...control}
              className="input"
              rows={3}
              maxLength={maximumLength(10_000)}
              value={draft.notes}
              onChange={({ target: { value } }) => set({ notes: value })}
            />
          )}
        </StudyField>
        <StudyField label={t.parallelism} help={t.parallelismHelp} findings={at('/parallelism')}>
          {(control) => (
            <TypedInput {...control} {...draftNumber(draft, 'parallelism', set)} placeholder={t.allSlots} />
          )}
        </StudyField>
        <StudyField label={t.budget} help={t.budgetHelp} findings={at('/budget/seconds')}>
          {(control) => <TypedInput {...control} {...budget('seconds')} placeholder={text.newRun.noLimit} />}
        </StudyField>
        <StudyField label={t.budgetFlops} help={t.budgetFlopsHelp} findings={at('/budget/flops')}>
          {(control) => <TypedInput {...control} {...budget('flops')} placeholder={text.newRun.noLimit} />}
        </StudyField>
        <StudyField label={t.score} help={t.scoreHelp} findings={at('/score')}>
          {(control) => (
            <select
              {...control}
              className="input"
              value={draft.score ?? ''}
              onChange={({ target: { value } }) => set({ score: value === '' ? null : (value as 'last' | 'best') })}
            >
              <option value="">{t.automatic}</option>
              <option value="last">{t.scores.last}</option>
              <option value="best">{t.scores.best}</option>
            </select>
          )}
        </StudyField>
        {method.name !== 'grid' && (
          <StudyField label={t.seed} help={t.seedHelp} findings={at('/seed')}>
            {(control) => <TypedInput {...control} {...draftNumber(draft, 'seed', set)} placeholder="1" />}
          </StudyField>
        )}
        {method.name === 'quasi_random' && (
          <StudyField label={t.scramble} help={t.scrambleHelp} findings={at('/method/scramble')}>
            {(control) => <input {...control} {...flag('scramble', true)} />}
          </StudyField>
        )}
        {method.name === 'tpe' && (
          <>
            <StudyField label={t.startupTrials} help={t.startupTrialsHelp} findings={at('/method/startupTrials')}>
              {(control) => <TypedInput {...control} {...methodNumber('startupTrials')} placeholder="10" />}
            </StudyField>
            <StudyField label={t.candidates} help={t.candidatesHelp} findings={at('/method/candidates')}>
              {(control) => <TypedInput {...control} {...methodNumber('candidates')} placeholder="24" />}
            </StudyField>
            <StudyField label={t.multivariate} help={t.multivariateHelp} findings={at('/method/multivariate')}>
              {(control) => <input {...control} {...flag('multivariate', false)} />}
            </StudyField>
          </>
        )}
        {rule !== null && rule.name !== 'median' && (
          <StudyField
            label={t.earlyStoppingRate}
            help={t.earlyStoppingRateHelp}
            findings={at('/stopping/earlyStoppingRate')}
          >
            {(control) => <TypedInput {...control} {...ruleNumber('earlyStoppingRate')} placeholder="0" />}
          </StudyField>
        )}
        {rule?.name === 'successive_halving' && (
          <StudyField label={t.bracketTrials} help={t.bracketTrialsHelp} findings={at('/stopping/bracketTrials')}>
            {(control) => <TypedInput {...control} {...ruleNumber('bracketTrials')} placeholder={t.allTrials} />}
          </StudyField>
        )}
        {rule?.name === 'median' && (
          <StudyField label={t.minimumTrials} help={t.minimumTrialsHelp} findings={at('/stopping/minimumTrials')}>
            {(control) => <TypedInput {...control} {...ruleNumber('minimumTrials')} placeholder="5" />}
          </StudyField>
        )}
      </div>
    </details>
  );
}
