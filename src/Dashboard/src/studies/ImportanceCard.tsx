import { Card } from '../design/Card';
import { wholePercent } from '../text/format';
import { text } from '../text/text';
import type { StudyResult } from './useStudies';

const t = text.studies.importance;

/** How much each parameter matters: by functional ANOVA, and by permutation as a check. */
export function ImportanceCard({ importance }: { importance: NonNullable<StudyResult['importance']> }) {
  const pairs = importance.pairs.filter(({ fanova }) => fanova >= 0.05).slice(0, 3);
  return (
    <Card title={t.title}>
      <dl className="importance">
        {importance.parameters.map(({ name, fanova, permutation }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Bar share={fanova} label={t.fanova} />
              <Bar share={permutation} label={t.permutation} isCheck />
            </dd>
          </div>
        ))}
      </dl>
      {pairs.length > 0 && (
        <p>
          {t.pairs(pairs.map(({ first, second, fanova }) => `${first} × ${second} ${wholePercent(fanova)}`).join(', '))}
        </p>
      )}
      <p className="card-note">{importance.explained < 0.2 ? t.weak : t.note(wholePercent(importance.explained))}</p>
    </Card>
  );
}

const Bar = ({ share, label, isCheck = false }: { share: number; label: string; isCheck?: boolean }) => (
  <div className="importance-bar">
    <span className="importance-track">
      <span
        className={isCheck ? 'importance-check' : undefined}
        style={{ width: `${Math.min(Math.max(share, 0), 1) * 100}%` }}
      />
    </span>
    <small>
      {wholePercent(share)} {label}
    </small>
  </div>
);
