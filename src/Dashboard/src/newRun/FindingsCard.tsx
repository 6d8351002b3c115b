import type { SpecFinding } from '../api/types';
import { Button } from '../design/Button';
import { Card } from '../design/Card';
import { errorMessage } from '../design/Problem';
import { placeOf } from '../text/place';
import { findingFix, findingMessage } from '../text/serverMessages';
import { text } from '../text/text';
import { FixButtons } from './findings/FindingLines';
import { fixesOf } from './findings/fixes';
import { focusField } from './focusField';

const maximumShown = 6;
const t = text.newRun;

/** Everything that the check has found, with its place in the form and its corrections; nothing while there is nothing. */
export function FindingsCard({ findings, error }: { findings: readonly SpecFinding[]; error: Error | null }) {
  return (
    (findings.length > 0 || error !== null) && (
      <Card title={t.findingsTitle} className="findings-card">
        {error !== null && (
          <p className="finding finding-error" role="alert">
            {t.checkFailed}. {errorMessage(error)}
          </p>
        )}
        <ul className="check-findings stack tight">
          {findings.slice(0, maximumShown).map((finding) => {
            const place = placeOf(finding.pointer);
            return (
              <li key={finding.pointer + finding.message} className={`finding finding-${finding.severity}`}>
                <p>
                  {place !== '' && <b>{place}: </b>}
                  {findingMessage(finding)}
                  {fixesOf(finding).length === 0 && ` ${findingFix(finding)}`}
                </p>
                <span className="finding-fixes">
                  <FixButtons finding={finding} />
                  {finding.pointer !== '' && (
                    <Button small aria-label={t.showPlace(place)} onClick={() => focusField(finding.pointer)}>
                      {t.show}
                    </Button>
                  )}
                </span>
              </li>
            );
          })}
          {findings.length > maximumShown && <li>{t.more(findings.length - maximumShown)}</li>}
        </ul>
      </Card>
    )
  );
}
