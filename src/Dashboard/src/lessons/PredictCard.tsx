import { useId, useState } from 'react';
import { usePermissions } from '../access/permissions';
import { Button } from '../design/Button';
import { Card } from '../design/Card';
import { Icon } from '../design/Icon';
import { errorMessage, Problem } from '../design/Problem';
import { text } from '../text/text';
import { AttemptProgress } from './AttemptProgress';
import { roughTime } from './LessonCard';
import { say } from './localized';
import { InlineMarkdown } from './Markdown';
import { basisText, PublishedCost } from './PublishedCost';
import { SettingsFields } from './SettingsFields';
import { asItIs, type Chosen, isSeed, publishedOf, requestOf } from './settings';
import { type LessonDetail, type LessonOutcome, useLessonCheck, useStartLesson } from './useLessons';

const t = text.lessons;

/** The question, the run button, and once it has run whether the prediction was right. */
export function PredictCard({ lesson, outcome }: { lesson: LessonDetail; outcome: LessonOutcome | null }) {
  const name = useId();
  const may = usePermissions();
  const [chosen, choose] = useState<string | null>(null);
  const [settings, set] = useState(asItIs);
  const [isAgain, setAgain] = useState(false);
  const start = useStartLesson(lesson.id);
  const attempt = outcome?.attempt ?? null;
  const isRunning = outcome !== null && !outcome.ended;
  const isOpen = attempt === null || isAgain;
  const selected = isOpen ? chosen : attempt.prediction;
  // The answer is told when there is something to compare it with.
  const isTold = !isOpen && outcome?.ended === true;
  const { question } = lesson;
  const published = publishedOf(lesson);
  const known = `${attempt?.id} ${outcome?.ended}`;
  const submit = () =>
    start.mutate(
      { prediction: chosen, ...requestOf(lesson, settings) },
      {
        onSuccess: () => {
          setAgain(false);
          choose(null);
        },
      },
    );
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
      {isOpen && may.submit && <SettingsFields lesson={lesson} chosen={settings} onChange={set} />}
      {may.submit ? (
        <p className="row lesson-start">
          {isOpen ? (
            <Button primary blocked={start.isPending || !isSeed(settings.seed)} onClick={submit} data-start={lesson.id}>
              {start.isPending ? t.starting : chosen === null ? t.runOnly : t.predictAndRun}
            </Button>
          ) : (
            <Button blocked={isRunning} onClick={() => setAgain(true)}>
              {isRunning ? t.runningNow : t.again}
            </Button>
          )}
          <Time lesson={lesson} settings={isOpen ? settings : asItIs} known={known} />
        </p>
      ) : (
        <p className="muted">{text.access.readOnly}</p>
      )}
      {start.error !== null && <Problem title={t.startFailed} error={start.error} />}
      {isOpen && published !== null && (
        <PublishedCost lesson={lesson} chosen={{ ...asItIs, options: published }} known={known} onChoose={set} />
      )}
    </Card>
  );
}

/** The time that an attempt is expected to take; where no run tells, of the lesson as it is the one that was measured elsewhere. */
function Time({ lesson, settings, known }: { lesson: LessonDetail; settings: Chosen; known: string }) {
  const hasChoice = lesson.settings.length > 0 || lesson.hasQuickSize;
  // The seed is none of it.
  const request = requestOf(lesson, { ...settings, seed: '' });
  const { data: check, error } = useLessonCheck(lesson.id, hasChoice ? request : null, known);
  const cost = check?.costs[0];
  const isAsItIs = Object.keys(request).length === 0;
  const [seconds, basis] =
    cost?.seconds != null ? [cost.seconds, basisText(cost)] : isAsItIs ? [lesson.seconds, t.timeOn] : [null, undefined];
  return (
    <span className="muted" title={basis} role={hasChoice ? 'status' : undefined}>
      {error !== null
        ? errorMessage(error)
        : seconds !== null
          ? t.time(roughTime(seconds))
          : check !== undefined && t.settings.bases.unknown}
    </span>
  );
}
