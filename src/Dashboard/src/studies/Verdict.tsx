import type { Catalog } from '../api/types';
import { formatMetric, metricLabel } from '../compare/format';
import { assignmentText } from '../text/settingText';
import { text } from '../text/text';
import { hasEnded, type StudyDetail, type StudyResult } from './useStudies';

const t = text.studies;

interface VerdictProps {
  study: StudyDetail;
  result: StudyResult;
  catalog: Catalog | undefined;
}

/** What the study says, in one sentence on top: the verdict over seeds, or without seeds the best trial. */
export function Verdict({ study, result, catalog }: VerdictProps) {
  const { comparison, best } = result;
  if (best === null) {
    return null;
  }
  const isDecided = comparison?.verdict.kind === 'better';
  const sentence =
    comparison !== null
      ? t.verdict(comparison, study.metric.endsWith('_accuracy'))
      : t.bestOf(
          metricLabel(study.metric),
          formatMetric(study.metric, best.value),
          assignmentText(best.assignment, catalog),
          best.number,
        );
  return (
    <p className={isDecided ? 'message message-success study-verdict' : 'message study-verdict'} role="status">
      <b>{sentence}</b> {!hasEnded(study.state) && t.soFar} {comparison === null && t.oneSeed}
    </p>
  );
}
