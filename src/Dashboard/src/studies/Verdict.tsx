import { formatMetric, metricLabel } from '../compare/format';
import { text } from '../text/text';
import { assignmentText } from './assignment';
import { hasEnded, type StudyDetail, type StudyResult } from './useStudies';

const t = text.studies;

/** What the study says, in one sentence on top: the verdict over seeds, or without seeds the best trial. */
export function Verdict({ study, result }: { study: StudyDetail; result: StudyResult }) {
  const { comparison, verdict, best } = result;
  if (best === null) {
    return null;
  }
  const isDecided = comparison?.verdict.kind === 'better';
  const sentence =
    comparison !== null && verdict !== null
      ? (t.verdict?.(comparison, study.metric.endsWith('_accuracy')) ?? verdict)
      : t.bestOf(
          metricLabel(study.metric),
          formatMetric(study.metric, best.value),
          assignmentText(best.assignment),
          best.number,
        );
  return (
    <p className={isDecided ? 'message message-success study-verdict' : 'message study-verdict'} role="status">
      <b>{sentence}</b> {!hasEnded(study.state) && t.soFar} {comparison === null && t.oneSeed}
    </p>
  );
}
