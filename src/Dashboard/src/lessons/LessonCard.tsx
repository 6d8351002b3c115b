import { PictureCardFace, PictureCardMark, PictureCards } from '../design/PictureCards';
import { Link } from '../navigation/navigation';
import { duration, integer } from '../text/format';
import { text } from '../text/text';
import { LessonPicture } from './LessonPicture';
import { say } from './localized';
import type { LessonSummary } from './useLessons';

const t = text.lessons;

/** Whole seconds, tens of seconds or minutes: the figure is not more exact. */
export const roughTime = (seconds: number): string =>
  seconds < 10
    ? text.units.seconds(String(Math.max(1, Math.round(seconds))))
    : duration(seconds < 60 ? 10 * Math.round(seconds / 10) : 60 * Math.round(seconds / 60));

/** How far one is with a lesson, in words; null if it was not started. */
export const progressText = ({ progress }: Pick<LessonSummary, 'progress'>): string | null =>
  progress === null ? null : progress.ended ? t.held(integer(progress.holds), integer(progress.claims)) : t.runningNow;

export const isDone = ({ progress }: Pick<LessonSummary, 'progress'>): boolean => progress?.ended === true;

/** A lesson as a card: a picture, what one will see, and how long it takes. */
export function LessonCard({ lesson }: { lesson: LessonSummary }) {
  const state = progressText(lesson);
  return (
    <Link className="picture-card" href={`/lessons/${lesson.id}`} data-lesson={lesson.id}>
      {isDone(lesson) && <PictureCardMark isDone />}
      <PictureCardFace
        picture={<LessonPicture name={lesson.picture} />}
        title={say(lesson.title)}
        summary={say(lesson.summary)}
        figures={
          <>
            <span title={t.timeOn}>{t.time(roughTime(lesson.seconds))}</span>
            {state !== null && <span>{state}</span>}
          </>
        }
      />
    </Link>
  );
}

/** Cards, in a row that scrolls or as a grid. */
export const LessonCards = ({
  lessons,
  label,
  isRow = false,
}: {
  lessons: readonly LessonSummary[];
  label: string;
  isRow?: boolean;
}) => (
  <PictureCards label={label} isRow={isRow}>
    {lessons.map((lesson) => (
      <li key={lesson.id}>
        <LessonCard lesson={lesson} />
      </li>
    ))}
  </PictureCards>
);
