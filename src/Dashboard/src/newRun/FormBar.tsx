import type { SpecFinding } from '../api/types';
import { Button } from '../design/Button';
import { bytes, duration, integer, short } from '../text/format';
import { text } from '../text/text';
import { useShownHelp } from './form/help';
import { planSeconds } from './study/PlanCard';
import type { StudyCheckState } from './study/useStudyCheck';
import type { CheckState } from './useSpecCheck';

interface FormBarProps {
  state: CheckState;
  /** What a study would do; null for one run. */
  plan: StudyCheckState | null;
  /** All of them: of the spec, and of what varies. */
  findings: readonly SpecFinding[];
  firstError: SpecFinding | undefined;
  onShow: (finding: SpecFinding) => void;
  isSubmitting: boolean;
}

const t = text.newRun;

/** Always in view: the help of the focused field, the result of the check, what the run costs, and the button that starts it. */
export function FormBar({ state, plan, findings, firstError, onShow, isSubmitting }: FormBarProps) {
  const { check } = state;
  const isCurrent = state.isCurrent && plan?.isCurrent !== false;
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const isValid = check?.valid === true && plan?.check?.valid !== false && errors === 0;
  return (
    <div className="form-bar">
      <HelpLine />
      <div className="form-bar-row row">
        <span
          className={`badge badge-${errors > 0 ? 'failed' : isValid ? 'succeeded' : 'queued'}`}
          role="status"
          data-check={isCurrent ? (isValid ? 'valid' : 'invalid') : 'checking'}
        >
          {errors > 0
            ? t.invalid(errors)
            : !isCurrent
              ? t.checking
              : findings.length > 0
                ? t.validWith(findings.length)
                : t.valid}
        </span>
        {firstError !== undefined && firstError.pointer !== '' && (
          <Button small onClick={() => onShow(firstError)}>
            {t.showFirst}
          </Button>
        )}
        <dl className="form-costs" aria-label={t.checkTitle}>
          {plan !== null && <Cost name={text.vary.runs} {...runsOf(plan, isValid)} />}
          <Cost name={t.time} {...(plan === null ? timeOf(state, isValid) : studyTimeOf(plan, isValid))} />
          <Cost name={t.parameters} value={isValid ? short(check.parameters) : '–'} rank="extra" />
          <Cost name={t.memory} value={isValid ? bytes(check.memoryBytes) : '–'} rank="minor" />
          <Cost name={t.flops} value={isValid ? short(check.flopsPerSample) : '–'} rank="minor" />
        </dl>
        <span className="form-start row">
          <small className="muted">{t.submitHint}</small>
          <Button type="submit" primary aria-disabled={isSubmitting || errors > 0} aria-keyshortcuts="Control+Enter">
            {isSubmitting ? t.submitting : plan === null ? t.submit : text.vary.start}
          </Button>
        </span>
      </div>
    </div>
  );
}

/** Of the whole run, with the start of its process. */
function timeOf({ check }: CheckState, isValid: boolean) {
  const { expectedSeconds = null, expectedSecondsPerEpoch = null } = check ?? {};
  return expectedSeconds === null
    ? { value: '–', note: t.timeUnknown }
    : {
        value: isValid ? t.about(duration(expectedSeconds)) : '–',
        note: t.perEpoch(duration(expectedSecondsPerEpoch)),
      };
}

/** Trials, and how often each is repeated. */
function runsOf({ check }: StudyCheckState, isValid: boolean) {
  return check === null || !isValid
    ? { value: '–' }
    : {
        value: integer(check.runs),
        ...(check.runs > check.trials
          ? { note: text.vary.runsNote(integer(check.trials), integer(check.runs / check.trials)) }
          : {}),
      };
}

/** Of all runs, as many at a time as the study trains. */
function studyTimeOf({ check }: StudyCheckState, isValid: boolean) {
  const seconds = check === null ? null : planSeconds(check);
  return seconds === null || check === null || !isValid
    ? { value: '–', note: t.timeUnknown }
    : { value: t.about(duration(seconds)), note: text.vary.plan.atATime(integer(check.parallelism)) };
}

interface CostProps {
  name: string;
  value: string;
  note?: string;
  /** Left out on narrow screens: minor ones first, extra ones on a phone. */
  rank?: 'minor' | 'extra';
}

const Cost = ({ name, value, note, rank }: CostProps) => (
  <div className={rank === undefined ? 'form-cost' : `form-cost form-cost-${rank}`} title={note}>
    <dt>{name}</dt>
    <dd>
      {value}
      {note !== undefined && <span className="visually-hidden"> ({note})</span>}
    </dd>
  </div>
);

function HelpLine() {
  const help = useShownHelp();
  return (
    <p className="form-help" aria-hidden="true" data-shown={help !== null}>
      {help !== null && (
        <>
          <b>{help.label}</b> {help.text} <span className="muted">{help.notes}</span>
        </>
      )}
    </p>
  );
}
