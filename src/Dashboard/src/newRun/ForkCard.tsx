import { useId } from 'react';
import type { RunDetail } from '../api/types';
import { Card } from '../design/Card';
import type { Difference } from '../json/changes';
import { writeJson } from '../json/writeJson';
import { Link } from '../navigation/navigation';
import { text } from '../text/text';

interface ForkCardProps {
  run: RunDetail;
  suggestion: string | null;
  differences: readonly Difference[];
  weights: boolean;
  onWeights: (weights: boolean) => void;
}

const t = text.newRun;

/** The parent of a fork, and the changes to its spec. */
export function ForkCard({ run, suggestion, differences, weights, onWeights }: ForkCardProps) {
  const id = useId();
  return (
    <Card title={t.forkChanges}>
      <p>
        {t.forkOf} <Link href={`/runs/${run.id}`}>{run.name}</Link>
      </p>
      {suggestion !== null && (
        <p className="fork-fix">
          {t.forkFix} {suggestion}
        </p>
      )}
      {differences.length === 0 ? (
        <p className="card-note">{t.forkSame}</p>
      ) : (
        <dl className="fork-changes stack tight">
          {differences.map(({ path, before, after }) => (
            <div key={path} data-change={path}>
              <dt>
                <code>{path}</code>
              </dt>
              <dd>
                <ins>{after === undefined ? t.forkRemoved : writeJson(after, ' ')}</ins>{' '}
                <span className="muted">
                  ({t.forkBefore} {before === undefined ? t.noLimit : writeJson(before, ' ')})
                </span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p className="row">
        <input
          id={id}
          type="checkbox"
          className="checkbox"
          checked={weights}
          aria-describedby={`${id}-help`}
          onChange={(event) => onWeights(event.target.checked)}
        />
        <label htmlFor={id}>{t.forkWeights}</label>
      </p>
      <p className="field-help" id={`${id}-help`}>
        {t.forkWeightsHelp}
      </p>
    </Card>
  );
}
