import { isUnknown } from '../api/problem';
import { Card } from '../design/Card';
import { Missing } from '../design/Gone';
import { Icon } from '../design/Icon';
import { Loaded } from '../design/Loaded';
import { PageTitle } from '../design/PageTitle';
import { PrintButton } from '../design/PrintButton';
import { addressOf, Link, useParam } from '../navigation/navigation';
import { text } from '../text/text';
import { LessonFigure } from './charts/LessonFigure';
import { Explanation } from './Explanation';
import { Folded } from './Folded';
import { HandInCard } from './HandInCard';
import { say } from './localized';
import { PredictCard } from './PredictCard';
import { shownRuns } from './shownRuns';
import { type LessonDetail, useLesson, useOutcome } from './useLessons';
import { useLiveLesson } from './useLiveLesson';
import { Verdicts } from './Verdicts';
import './lessons.css';

const t = text.lessons;

/** A lesson: read, predict, run, watch the figures, and see what holds. */
export function LessonPage({ id }: { id: string }) {
  const query = useLesson(id);
  return query.data === undefined && isUnknown(query.error) ? (
    <Missing title={t.notFoundTitle} text={t.notFoundText} href="/lessons" back={t.all} />
  ) : (
    <Loaded query={query} errorTitle={t.lessonError} heights={[60, 320, 320]} label={t.loading} className="stack">
      {(lesson) => <LoadedLesson key={lesson.id} lesson={lesson} />}
    </Loaded>
  );
}

function LoadedLesson({ lesson }: { lesson: LessonDetail }) {
  const [run] = useParam('run');
  const checkedRun = lesson.handIn === null ? null : run;
  const latest = useOutcome(lesson.id, {});
  const checked = useOutcome(lesson.id, checkedRun === null ? {} : { run: checkedRun });
  const attempt = latest.data?.attempt ?? null;
  useLiveLesson(lesson.id, attempt, checkedRun);
  return (
    <article className="stack lesson">
      <header className="lesson-header">
        <p className="muted">
          <Link href="/lessons">{t.title}</Link> · {t.chapters[lesson.chapter]}
        </p>
        <div className="row spread">
          <PageTitle>{say(lesson.title)}</PageTitle>
          <PrintButton />
        </div>
        <p className="lesson-lead">{say(lesson.summary)}</p>
      </header>
      <div className="lesson-columns">
        <Explanation lesson={lesson} isAnswered={attempt !== null} />
        <div className="lesson-side">
          <Loaded query={latest} errorTitle={t.outcomeError} heights={[260]} label={t.loadingOutcome}>
            {(outcome) => <PredictCard lesson={lesson} outcome={outcome} />}
          </Loaded>
        </div>
      </div>
      {latest.data !== undefined &&
        lesson.charts.map((chart, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a figure is its place in the lesson.
          <LessonFigure key={`${index} ${attempt?.id}`} {...{ lesson, chart, attempt }} />
        ))}
      {/* The sheet of a hand-in is no answer: it says what is asked for. The error of the latest attempt is told above. */}
      {(checkedRun !== null || latest.error === null || latest.data !== undefined) && (
        <Folded label={t.showExpected} isOpen={attempt !== null || lesson.handIn !== null}>
          <Loaded query={checked} errorTitle={t.outcomeError} heights={[260]} label={t.loadingOutcome}>
            {(outcome) => <Verdicts lesson={lesson} outcome={outcome} />}
          </Loaded>
        </Folded>
      )}
      {lesson.handIn !== null && <HandInCard lesson={lesson.id} rules={lesson.handIn} />}
      <div className="lesson-after">
        <Change lesson={lesson} />
        <Sources lesson={lesson} />
      </div>
      {attempt !== null && attempt.runs.length > 0 && <Runs lesson={lesson} attempt={attempt} />}
      <Around lesson={lesson} />
    </article>
  );
}

/** The specs or studies, each in the form; or the lab, with the request of the lesson. */
const Change = ({ lesson }: { lesson: LessonDetail }) =>
  lesson.labs.length > 0 ? (
    <Card title={t.change} className="lesson-change">
      <p>{t.changeLab}</p>
      <p className="lesson-links">
        {lesson.labs.map(({ id, label, name, request }) => (
          <Link
            key={id}
            className="button"
            href={`/labs/${name}?request=${encodeURIComponent(JSON.stringify(request))}`}
          >
            {lesson.labs.length === 1 ? t.openLab : say(label)}
          </Link>
        ))}
      </p>
    </Card>
  ) : (
    <Card title={t.change} className="lesson-change">
      <p>{lesson.studies.length > 0 ? t.changeStudies : t.changeText}</p>
      <ul className="lesson-links">
        {lesson.runs.map(({ id, label }) => (
          <li key={id}>
            <Link href={`/new?lesson=${lesson.id}&run=${id}`}>{say(label)}</Link>
          </li>
        ))}
        {lesson.studies.map(({ id, label }) => (
          <li key={id}>
            <Link href={`/new?lesson=${lesson.id}&study=${id}&mode=study`}>{say(label)}</Link>
          </li>
        ))}
      </ul>
      {lesson.variants.length > 0 && (
        <p className="lesson-links">
          {lesson.variants.map(({ id, label }) => (
            <Link key={id} className="button" href={`/new?lesson=${lesson.id}&run=${id}`}>
              {say(label)}
            </Link>
          ))}
        </p>
      )}
    </Card>
  );

function Runs({ lesson, attempt }: { lesson: LessonDetail; attempt: Parameters<typeof shownRuns>[1] }) {
  const runs = shownRuns(lesson, attempt);
  return (
    <Card
      title={t.runs}
      className="lesson-runs"
      actions={
        runs.length > 1 && (
          <Link
            href={addressOf(
              '/compare',
              runs.map(({ run }) => run),
            )}
          >
            {t.compare}
          </Link>
        )
      }
    >
      <ul className="lesson-links">
        {runs.map(({ run, label }) => (
          <li key={run}>
            <Link href={`/runs/${run}`}>{label}</Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const Sources = ({ lesson }: { lesson: LessonDetail }) => (
  <Card title={t.sources}>
    <ol className="lesson-sources">
      {lesson.sources.map(({ id, text: citation, url }) => (
        <li key={id} id={`source-${id}`}>
          {url == null ? citation : <a href={url}>{citation}</a>}
        </li>
      ))}
    </ol>
  </Card>
);

const Around = ({ lesson: { previous, next } }: { lesson: LessonDetail }) => (
  <nav className="row spread lesson-around" aria-label={t.around}>
    <span>
      {previous !== null && (
        <Link className="button" href={`/lessons/${previous.id}`}>
          {t.previous}: {say(previous.title)}
        </Link>
      )}
    </span>
    <span>
      {next !== null && (
        <Link className="button button-primary" href={`/lessons/${next.id}`}>
          {t.next}: {say(next.title)} <Icon shape="next" />
        </Link>
      )}
    </span>
  </nav>
);
