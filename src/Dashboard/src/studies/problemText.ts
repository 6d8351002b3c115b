import { placeOf } from '../text/place';
import { findingMessage, translate } from '../text/serverMessages';
import type { TrialEntry } from './useStudies';

/** Why a trial failed, or was not trained. */
export function problemText(problem: NonNullable<TrialEntry['problem']>): string {
  const [finding] = problem.findings;
  if (finding === undefined) {
    return translate('run', problem, problem.message);
  }
  const place = placeOf(finding.pointer);
  return place === '' ? findingMessage(finding) : `${place}: ${findingMessage(finding)}`;
}
