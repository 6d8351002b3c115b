import { Button } from '../design/Button';
import { errorMessage } from '../design/Problem';
import { flop, integer } from '../text/format';
import { text } from '../text/text';
import { roughTime } from './LessonCard';
import { type Chosen, requestOf } from './settings';
import { type LessonCost, type LessonDetail, useLessonCheck } from './useLessons';

const t = text.lessons.settings;

interface PublishedCostProps {
  lesson: LessonDetail;
  /** Settings of the publication. */
  chosen: Chosen;
  /** Changes when runs of the lesson have ended, from which the time is estimated. */
  known: string;
  onChoose: (chosen: Chosen) => void;
}

/** What the size of the publication would cost here and on a GPU, and what that is estimated by. */
export function PublishedCost({ lesson, chosen, known, onChoose }: PublishedCostProps) {
  const { data: check, error } = useLessonCheck(lesson.id, requestOf(lesson, chosen), known);
  return (
    <section className="lesson-published" aria-label={t.publishedSize}>
      <p className="row spread">
        <b>{t.publishedSize}</b>
        <Button small onClick={() => onChoose(chosen)}>
          {t.takePublished}
        </Button>
      </p>
      {error !== null && <p className="muted">{errorMessage(error)}</p>}
      {check !== undefined && (
        <>
          <p className="muted">{t.amount(integer(check.runs), flop(check.flops))}</p>
          <dl>
            {check.costs.map((cost) => (
              <div key={cost.device}>
                <dt>{t.devices[cost.device]}</dt>
                <dd>
                  {cost.seconds === null ? text.units.none : text.lessons.time(roughTime(cost.seconds))}
                  <small>{basisText(cost)}</small>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}

/** What the time is estimated by. */
export function basisText({ seconds, basis, flopsPerSecond, atATime }: LessonCost): string {
  const how =
    seconds === null
      ? t.bases.unknown
      : basis === 'similar_runs' || flopsPerSecond === null
        ? t.bases.similar_runs
        : t.bases[basis](`${flop(flopsPerSecond)}/s`);
  return seconds === null || atATime === 1 ? how : `${how}; ${t.atATime(integer(atATime))}`;
}
