import { Loaded } from '../design/Loaded';
import { PageTitle } from '../design/PageTitle';
import { ProgressBar } from '../design/ProgressBar';
import { integer } from '../text/format';
import { text } from '../text/text';
import { isDone, LessonCards } from './LessonCard';
import { type LessonChapter, type LessonSummary, useLessons } from './useLessons';

const t = text.lessons;

/** The course: all lessons by chapter, with progress. */
export function LessonsPage() {
  return (
    <>
      <PageTitle>{t.title}</PageTitle>
      <p className="lesson-lead">{t.lead}</p>
      <Loaded
        query={useLessons()}
        errorTitle={t.errorTitle}
        heights={[20, 220, 220]}
        label={t.loading}
        className="stack"
      >
        {(lessons) => <Course lessons={lessons} />}
      </Loaded>
    </>
  );
}

function Course({ lessons }: { lessons: readonly LessonSummary[] }) {
  const done = lessons.filter(isDone).length;
  const chapters = new Map<LessonChapter, LessonSummary[]>();
  for (const lesson of lessons) {
    chapters.set(lesson.chapter, [...(chapters.get(lesson.chapter) ?? []), lesson]);
  }
  return (
    <div className="stack">
      <div className="lesson-progress">
        <ProgressBar value={done / lessons.length} label={t.progress} state="succeeded" />
        <span className="muted">{t.done(integer(done), integer(lessons.length))}</span>
      </div>
      <ol className="lesson-chapters">
        {[...chapters].map(([chapter, members], index) => (
          <li key={chapter} className="stack tight">
            <h2>
              <span className="lesson-number">{index + 1}</span> {t.chapters[chapter]}
            </h2>
            <LessonCards label={t.chapters[chapter]} lessons={members} />
          </li>
        ))}
      </ol>
    </div>
  );
}
