import type { SpecFinding } from '../api/types';
import { Button } from '../design/Button';
import { bytes, duration, short } from '../text/format';
import { text } from '../text/text';
import { focusField } from './focusField';
import { useShownHelp } from './form/help';
import type { CheckState } from './useSpecCheck';

interface FormBarProps {
  state: CheckState;
  firstError: SpecFinding | undefined;
  isSubmitting: boolean;
}

const t = text.newRun;

/** Always in view: the help of the focused field, the result of the check, what the run costs, and the button that starts it. */
export function FormBar({ state, firstError, isSubmitting }: FormBarProps) {
  const { check, findings, isCurrent } = state;
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const isValid = check?.valid === true && errors === 0;
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
          <Button small onClick={() => focusField(firstError.pointer)}>
            {t.showFirst}
          </Button>
        )}
        <dl className="form-costs" aria-label={t.checkTitle}>
          <Cost name={t.time} {...timeOf(state, isValid)} />
          <Cost name={t.parameters} value={isValid ? short(check.parameters) : '–'} />
          <Cost name={t.memory} value={isValid ? bytes(check.memoryBytes) : '–'} isMinor />
          <Cost name={t.flops} value={isValid ? short(check.flopsPerSample) : '–'} isMinor />
        </dl>
        <span className="form-start row">
          <small className="muted">{t.submitHint}</small>
          <Button type="submit" primary aria-disabled={isSubmitting || errors > 0} aria-keyshortcuts="Control+Enter">
            {isSubmitting ? t.submitting : t.submit}
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

interface CostProps {
  name: string;
  value: string;
  note?: string;
  /** Left out on narrow screens. */
  isMinor?: boolean;
}

const Cost = ({ name, value, note, isMinor = false }: CostProps) => (
  <div className={isMinor ? 'form-cost form-cost-minor' : 'form-cost'} title={note}>
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
