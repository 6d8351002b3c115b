import { Link } from '../navigation/navigation';
import { integer } from '../text/format';
import { text } from '../text/text';
import { isDone, LessonCards } from './LessonCard';
import { useLessons } from './useLessons';

const t = text.lessons;

/** The lessons on the home page, from the next one on; nothing while they are not known. */
export function HomeLessons() {
  const { data } = useLessons();
  if (data === undefined || data.length === 0) {
    return null;
  }
  const done = data.filter(isDone).length;
  const next = Math.max(
    data.findIndex((lesson) => !isDone(lesson)),
    0,
  );
  return (
    <section className="stack tight" aria-labelledby="lessons-title">
      <div className="row spread">
        <h2 id="lessons-title">{t.title}</h2>
        <span className="row">
          {done > 0 && <span className="muted">{t.done(integer(done), integer(data.length))}</span>}
          <Link href="/lessons">{t.all}</Link>
        </span>
      </div>
      <LessonCards label={t.title} lessons={[...data.slice(next), ...data.slice(0, next)]} isRow />
    </section>
  );
}
