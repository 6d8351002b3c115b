import type { SpecFinding } from '../api/types';
import { Figure, Figures } from '../design/Figure';
import { explain } from '../design/Problem';
import { bytes, duration, short } from '../text/format';
import { fixOf, messageOf } from '../text/said';
import { text } from '../text/text';
import { showFinding } from './showFinding';
import type { CheckState } from './useSpecCheck';

interface CheckCardProps {
  state: CheckState;
  isSubmitting: boolean;
}

const mostShown = 6;

/** What is known before submit: findings, size, memory, time; and the button that starts the run. */
export function CheckCard({ state, isSubmitting }: CheckCardProps) {
  const { check, findings, isCurrent, error } = state;
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const epochs = epochsOf(state);
  const perEpoch = check?.expectedSecondsPerEpoch ?? null;
  const isValid = check?.valid === true && errors === 0;
  return (
    <section className="card check" aria-labelledby="check-title">
      <div className="card-head">
        <h2 id="check-title">{text.newRun.checkTitle}</h2>
        <span
          className={`badge badge-${errors > 0 ? 'failed' : isValid ? 'succeeded' : 'queued'}`}
          role="status"
          data-check={isCurrent ? (isValid ? 'valid' : 'invalid') : 'checking'}
        >
          {errors > 0
            ? text.newRun.invalid(errors)
            : !isCurrent
              ? text.newRun.checking
              : findings.length > 0
                ? text.newRun.validWith(findings.length)
                : text.newRun.valid}
        </span>
      </div>
      {error !== null && (
        <p className="finding finding-error" role="alert">
          {text.newRun.checkFailed}: {explain(error)}
        </p>
      )}
      <FindingList findings={findings} />
      <Figures label={text.newRun.checkTitle}>
        <Figure name={text.newRun.parameters} value={isValid ? short(check.parameters) : text.units.none} />
        <Figure name={text.newRun.flops} value={isValid ? short(check.flopsPerSample) : text.units.none} />
        <Figure name={text.newRun.memory} value={isValid ? bytes(check.memoryBytes) : text.units.none} />
        <Figure
          name={text.newRun.time}
          value={duration(isValid && perEpoch !== null && epochs !== null ? perEpoch * epochs : null)}
          note={perEpoch === null ? text.newRun.timeUnknown : text.newRun.perEpoch(duration(perEpoch))}
        />
      </Figures>
      <p className="check-submit">
        <button
          type="submit"
          className="button button-primary"
          aria-disabled={isSubmitting || errors > 0}
          aria-keyshortcuts="Control+Enter"
        >
          {isSubmitting ? text.newRun.submitting : text.newRun.submit}
        </button>
        <small>{text.newRun.submitHint}</small>
      </p>
    </section>
  );
}

function epochsOf({ effective }: CheckState): number | null {
  const training = (effective as { training?: { epochs?: number } } | null)?.training;
  return training?.epochs ?? null;
}

function FindingList({ findings }: { findings: readonly SpecFinding[] }) {
  return (
    findings.length > 0 && (
      <ul className="check-findings">
        {findings.slice(0, mostShown).map((finding) => (
          <li key={finding.pointer + finding.message} className={`finding finding-${finding.severity}`}>
            <span>
              {finding.pointer !== '' && <code>{finding.pointer}</code>} {messageOf(finding)} {fixOf(finding)}
            </span>
            {finding.pointer !== '' && (
              <button
                type="button"
                className="button button-small"
                aria-label={`${text.newRun.show} ${finding.pointer}`}
                onClick={() => showFinding(finding.pointer)}
              >
                {text.newRun.show}
              </button>
            )}
          </li>
        ))}
        {findings.length > mostShown && <li>{text.newRun.more(findings.length - mostShown)}</li>}
      </ul>
    )
  );
}
