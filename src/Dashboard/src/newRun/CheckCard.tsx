import { useMemo } from 'react';
import type { SpecCheck, SpecFinding } from '../api/types';
import { Button } from '../design/Button';
import { Card } from '../design/Card';
import { Figure, Figures } from '../design/Figure';
import { errorMessage } from '../design/Problem';
import { Layers } from '../network/Layers';
import { bytes, duration, short } from '../text/format';
import { findingFix, findingMessage } from '../text/serverMessages';
import { text } from '../text/text';
import type { CheckState } from './useSpecCheck';

interface CheckCardProps {
  state: CheckState;
  isSubmitting: boolean;
}

const maximumShown = 6;
const t = text.newRun;

/** Findings, size, memory and expected time of the spec, and the button that submits it. */
export function CheckCard({ state, isSubmitting }: CheckCardProps) {
  const { check, findings, isCurrent, error } = state;
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const epochs = epochsOf(state);
  const perEpoch = check?.expectedSecondsPerEpoch ?? null;
  const isValid = check?.valid === true && errors === 0;
  return (
    <Card
      className="check"
      title={t.checkTitle}
      actions={
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
      }
    >
      {error !== null && (
        <p className="finding finding-error" role="alert">
          {t.checkFailed}: {errorMessage(error)}
        </p>
      )}
      <FindingList findings={findings} />
      <Figures label={t.checkTitle}>
        <Figure name={t.parameters} value={isValid ? short(check.parameters) : text.units.none} />
        <Figure name={t.flops} value={isValid ? short(check.flopsPerSample) : text.units.none} />
        <Figure name={t.memory} value={isValid ? bytes(check.memoryBytes) : text.units.none} />
        <Figure
          name={t.time}
          value={duration(isValid && perEpoch !== null && epochs !== null ? perEpoch * epochs : null)}
          note={perEpoch === null ? t.timeUnknown : t.perEpoch(duration(perEpoch))}
        />
      </Figures>
      <p className="check-submit row muted">
        <Button type="submit" primary aria-disabled={isSubmitting || errors > 0} aria-keyshortcuts="Control+Enter">
          {isSubmitting ? t.submitting : t.submit}
        </Button>
        <small>{t.submitHint}</small>
      </p>
    </Card>
  );
}

function epochsOf({ effective }: CheckState): number | null {
  const training = (effective as { training?: { epochs?: number } } | null)?.training;
  return training?.epochs ?? null;
}

const FindingList = ({ findings }: { findings: readonly SpecFinding[] }) =>
  findings.length > 0 && (
    <ul className="check-findings stack tight">
      {findings.slice(0, maximumShown).map((finding) => (
        <li key={finding.pointer + finding.message} className={`finding finding-${finding.severity}`}>
          <span>
            {finding.pointer !== '' && <code>{finding.pointer}</code>} {findingMessage(finding)} {findingFix(finding)}
          </span>
          {finding.pointer !== '' && (
            <Button small aria-label={`${t.show} ${finding.pointer}`} onClick={() => focusField(finding.pointer)}>
              {t.show}
            </Button>
          )}
        </li>
      ))}
      {findings.length > maximumShown && <li>{t.more(findings.length - maximumShown)}</li>}
    </ul>
  );

/** Scrolls to the form field of a pointer, or of its nearest ancestor, and focuses it. */
export function focusField(pointer: string): void {
  const fields = [...document.querySelectorAll<HTMLElement>('[data-pointer]')];
  for (let path = pointer; path !== ''; path = path.slice(0, path.lastIndexOf('/'))) {
    const field = fields.find((one) => one.dataset.pointer === path);
    if (field !== undefined) {
      field.scrollIntoView({ block: 'center' });
      field.querySelector<HTMLElement>('input, select, textarea, button')?.focus({ preventScroll: true });
      return;
    }
  }
}

/** The layers of the network, up to the first one that does not fit. */
export function CheckedLayers({ check }: { check: SpecCheck | null }) {
  const broken = useMemo(() => {
    const layer = check?.brokenLayer;
    const reason = check?.findings.find((finding) => finding.arguments.layer === layer?.name);
    return layer == null ? undefined : { layer, reason: reason === undefined ? '' : findingMessage(reason) };
  }, [check]);
  return (
    check !== null &&
    (check.layers.length > 0 || broken !== undefined) && (
      <Layers layers={check.layers} title={text.layers.tableLabel} broken={broken} />
    )
  );
}
