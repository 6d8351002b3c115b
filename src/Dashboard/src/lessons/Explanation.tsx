import { text } from '../text/text';
import { Folded } from './Folded';
import { say } from './localized';
import { Markdown } from './Markdown';
import type { LessonDetail } from './useLessons';

const t = text.lessons;

/** The line of an explanation after which it tells the answer to the question. */
const cut = '\n---\n';

/** The explanation: what one needs for the prediction, and the rest once something was predicted, or on request. */
export function Explanation({ lesson, isAnswered }: { lesson: LessonDetail; isAnswered: boolean }) {
  const [before = '', after] = say(lesson.explanation).split(cut);
  return (
    <section className="card lesson-read" aria-label={t.read}>
      <Markdown>{before}</Markdown>
      {after !== undefined && (
        <Folded label={t.readOn} isOpen={isAnswered}>
          <Markdown>{after}</Markdown>
        </Folded>
      )}
    </section>
  );
}
