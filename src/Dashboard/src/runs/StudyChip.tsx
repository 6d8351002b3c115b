import { text } from '../text/text';
import { useStudyName } from './useStudyName';

/** The study whose runs the table shows; a click shows the others too. */
export function StudyChip({ study, onRemove }: { study: string; onRemove: () => void }) {
  const name = useStudyName(study) ?? study;
  return (
    <button
      type="button"
      className="chip"
      aria-pressed="true"
      aria-label={text.runs.studyFilter(name)}
      onClick={onRemove}
    >
      {name} ×
    </button>
  );
}
