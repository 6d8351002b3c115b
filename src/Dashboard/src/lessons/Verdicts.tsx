import { Card } from '../design/Card';
import { Icon, type Shape } from '../design/Icon';
import { text } from '../text/text';
import { boundsText, measuredText } from './claims';
import { say } from './localized';
import { InlineMarkdown } from './Markdown';
import { isChanged, settingsText } from './settings';
import type { ClaimOutcome, LessonDetail, LessonOutcome } from './useLessons';

const t = text.lessons;

const icons: Readonly<Record<ClaimOutcome['verdict'], Shape>> = {
  holds: 'check',
  does_not_hold: 'cross',
  pending: 'clock',
  not_measured: 'stop',
};

/** The claims of a lesson, each with what was measured. */
export function Verdicts({ lesson, outcome }: { lesson: LessonDetail; outcome: LessonOutcome | null }) {
  const verdicts = new Map(outcome?.claims.map((claim) => [claim.claim, claim]));
  const numbers = new Map(lesson.sources.map(({ id }, index) => [id, index + 1]));
  const attempt = outcome?.attempt ?? null;
  const settings = attempt === null ? null : settingsText(lesson, attempt);
  return (
    <Card title={t.expected}>
      {settings !== null && <p className="card-note lesson-run-with">{t.settings.runWith(settings)}</p>}
      {attempt !== null && isChanged(lesson, attempt.settings) && <p className="card-note">{t.settings.otherNote}</p>}
      <ul className="lesson-claims">
        {lesson.expected.map((claim) => {
          const verdict = verdicts.get(claim.id);
          // The test set of a hand-in stays closed until the end.
          const isClosed =
            lesson.handIn !== null && claim.value.measure === 'test_accuracy' && verdict?.verdict === 'not_measured';
          const state = isClosed ? 'pending' : (verdict?.verdict ?? 'pending');
          return (
            <li
              key={claim.id}
              className={`lesson-claim lesson-${state}`}
              data-claim={claim.id}
              data-verdict={verdict?.verdict}
            >
              <span className="lesson-verdict">
                <Icon shape={icons[state]} />
                {verdict === undefined ? t.notRun : isClosed ? t.handIns.tests.closed : t.verdicts[state]}
              </span>
              <p>
                <InlineMarkdown>{say(claim.text)}</InlineMarkdown>{' '}
                <a href={`#source-${claim.source}`} aria-label={t.source(numbers.get(claim.source) ?? 0)}>
                  [{numbers.get(claim.source)}]
                </a>
              </p>
              <dl className="lesson-numbers">
                <div>
                  <dt>{t.measured}</dt>
                  <dd>{measuredText(claim, verdict)}</dd>
                </div>
                <div>
                  <dt>{t.bound}</dt>
                  <dd>{boundsText(claim)}</dd>
                </div>
              </dl>
            </li>
          );
        })}
      </ul>
      <p className="card-note">{t.expectedNote}</p>
    </Card>
  );
}
