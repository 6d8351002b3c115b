import { useId } from 'react';
import type { RunDetail } from '../api/types';
import { Link } from '../shell/navigation';
import { text } from '../text/text';
import type { Difference } from './json/changes';
import { writeJson } from './json/writeJson';

interface ForkCardProps {
  run: RunDetail;
  suggestion: string | null;
  differences: readonly Difference[];
  weights: boolean;
  onWeights: (weights: boolean) => void;
}

/** Where a fork comes from, and what is changed in it. */
export function ForkCard({ run, suggestion, differences, weights, onWeights }: ForkCardProps) {
  const id = useId();
  return (
    <section className="card fork" aria-labelledby={`${id}-title`}>
      <div className="card-head">
        <h2 id={`${id}-title`}>{text.newRun.forkChanges}</h2>
      </div>
      <p>
        {text.newRun.forkOf} <Link href={`/runs/${run.id}`}>{run.name}</Link>
      </p>
      {suggestion !== null && (
        <p className="fork-fix">
          {text.newRun.forkFix} {suggestion}
        </p>
      )}
      {differences.length === 0 ? (
        <p className="card-note">{text.newRun.forkSame}</p>
      ) : (
        <dl className="differences">
          {differences.map(({ path, before, after }) => (
            <div key={path} data-change={path}>
              <dt>
                <code>{path}</code>
              </dt>
              <dd>
                <ins>{after === undefined ? text.newRun.forkRemoved : writeJson(after, ' ')}</ins>{' '}
                <span>
                  ({text.newRun.forkBefore} {before === undefined ? text.newRun.noLimit : writeJson(before, ' ')})
                </span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p className="group-switch">
        <input
          id={id}
          type="checkbox"
          className="checkbox"
          checked={weights}
          aria-describedby={`${id}-help`}
          onChange={(event) => onWeights(event.target.checked)}
        />
        <label htmlFor={id}>{text.newRun.forkWeights}</label>
      </p>
      <p className="field-help" id={`${id}-help`}>
        {text.newRun.forkWeightsHelp}
      </p>
    </section>
  );
}
