import { useId } from 'react';
import type { RunDetail } from '../api/types';
import { Card } from '../design/Card';
import type { Difference } from '../json/changes';
import { Link } from '../navigation/navigation';
import { text } from '../text/text';
import { labelOf, valueText } from './forkName';
import type { ParentWeights } from './useParentWeights';

interface ForkCardProps {
  run: RunDetail;
  suggestion: string | null;
  name: string;
  differences: readonly Difference[];
  /** Whether the fork can start from the weights of the run, and whether it shall. */
  parentWeights: ParentWeights;
  weights: boolean;
  onWeights: (weights: boolean) => void;
}

const t = text.newRun;

/** The parent of a fork, and the changes to its spec. */
export function ForkCard(props: ForkCardProps) {
  const { run, suggestion, name, differences, parentWeights, weights, onWeights } = props;
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
          {differences.map((difference) => (
            <div key={difference.path} className="row" data-change={difference.path}>
              <dt title={difference.path}>{labelOf(difference)}:</dt>
              <dd>
                {valueText(difference.path, difference.before)} →{' '}
                <ins>{valueText(difference.path, difference.after)}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p>
        {t.forkName} <b>{name}</b>
      </p>
      {parentWeights !== 'none' && (
        <>
          <p className="row">
            <input
              id={id}
              type="checkbox"
              className="checkbox"
              checked={weights}
              disabled={parentWeights === 'unfit'}
              aria-describedby={`${id}-help`}
              onChange={(event) => onWeights(event.target.checked)}
            />
            <label htmlFor={id}>{t.forkWeights}</label>
          </p>
          <p className="field-help" id={`${id}-help`}>
            {parentWeights === 'unfit' ? t.forkWeightsUnfit : t.forkWeightsHelp}
          </p>
        </>
      )}
    </Card>
  );
}
