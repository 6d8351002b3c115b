import { useId, useState } from 'react';
import { usePermissions } from '../access/permissions';
import { Button } from '../design/Button';
import { Card } from '../design/Card';
import { Icon } from '../design/Icon';
import { Problem } from '../design/Problem';
import { text } from '../text/text';
import { AttemptProgress } from './AttemptProgress';
import { roughTime } from './LessonCard';
import { say } from './localized';
import { InlineMarkdown } from './Markdown';
import { type LessonDetail, type LessonOutcome, useStartLesson } from './useLessons';

const t = text.lessons;

/** The question, the run button, and once it has run whether the prediction was right. */
export function PredictCard({ lesson, outcome }: { lesson: LessonDetail; outcome: LessonOutcome | null }) {
  const name = useId();
  const may = usePermissions();
  const [chosen, choose] = useState<string | null>(null);
  const [isAgain, setAgain] = useState(false);
  const start = useStartLesson(lesson.id);
  const attempt = outcome?.attempt ?? null;
  const isRunning = outcome !== null && !outcome.ended;
  const isOpen = attempt === null || isAgain;
  const selected = isOpen ? chosen : attempt.prediction;
  // The answer is told when there is something to compare it with.
  const isTold = !isOpen && outcome?.ended === true;
  const { question } = lesson;
  const submit = () =>
    start.mutate(chosen, {
      onSuccess: () => {
        setAgain(false);
        choose(null);
      },
    });
  return (
    <Card title={t.predict} className="lesson-predict">
      <fieldset className="lesson-options" disabled={!isOpen}>
        <legend>
          <InlineMarkdown>{say(question.text)}</InlineMarkdown>
        </legend>
        {question.options.map((option) => (
          <label key={option.id} className={isTold && option.id === question.answer ? 'row lesson-answer' : 'row'}>
            <input
              type="radio"
              name={name}
              checked={selected === option.id}
              onChange={() => choose(option.id)}
              value={option.id}
            />
            <span>
              <InlineMarkdown>{say(option.text)}</InlineMarkdown>
            </span>
            {isTold && option.id === question.answer && (
              <>
                <Icon shape="check" />
                <span className="visually-hidden">{t.expectedAnswer}</span>
              </>
            )}
          </label>
        ))}
      </fieldset>
      {isTold && outcome.predictionRight !== null && (
        <p role="status" className={outcome.predictionRight ? 'lesson-right' : 'lesson-wrong'}>
          {outcome.predictionRight ? t.right : t.wrong}
        </p>
      )}
      {isRunning && attempt !== null && attempt.runs.length + attempt.studies.length > 0 && (
        <AttemptProgress key={attempt.id} attempt={attempt} />
      )}
      {may.submit ? (
        <p className="row lesson-start">
          {isOpen ? (
            <Button primary blocked={start.isPending} onClick={submit} data-start={lesson.id}>
              {start.isPending ? t.starting : chosen === null ? t.runOnly : t.predictAndRun}
            </Button>
          ) : (
            <Button blocked={isRunning} onClick={() => setAgain(true)}>
              {isRunning ? t.runningNow : t.again}
            </Button>
          )}
          <span className="muted">{t.time(roughTime(lesson.seconds))}</span>
        </p>
      ) : (
        <p className="muted">{text.access.readOnly}</p>
      )}
      {start.error !== null && <Problem title={t.startFailed} error={start.error} />}
    </Card>
  );
}
