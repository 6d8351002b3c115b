import { Card } from '../design/Card';
import { Icon } from '../design/Icon';
import { percent } from '../text/format';
import { forwardText } from '../text/forward';
import type { ForwardPass } from './types';

const t = forwardText.prediction;

/** The class with the largest probability. */
export const predictedOf = ({ probabilities }: Pick<ForwardPass, 'probabilities'>): number =>
  probabilities.indexOf(Math.max(...probabilities));

/** The probabilities as bars, with the true class. */
export function PredictionCard({ pass }: { pass: ForwardPass }) {
  const { classNames, probabilities, label } = pass;
  const predicted = predictedOf(pass);
  const nameOf = (index: number) => classNames[index] ?? String(index);
  const name = nameOf(predicted);
  return (
    <Card title={t.title}>
      <p role="status" className="forward-verdict">
        {label === null ? t.own(name) : predicted === label ? t.right(name) : t.wrong(name, nameOf(label))}
      </p>
      <dl className="forward-bars">
        {classNames.map((one, index) => (
          <div key={one} data-truth={index === label} data-predicted={index === predicted}>
            <dt>
              {one}
              {index === label && (
                <span title={t.truth}>
                  <Icon shape="check" />
                  <span className="visually-hidden">({t.truth})</span>
                </span>
              )}
            </dt>
            <dd>
              <span className="forward-bar" style={{ width: `${100 * (probabilities[index] ?? 0)}%` }} />
              <span>{percent(probabilities[index])}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
