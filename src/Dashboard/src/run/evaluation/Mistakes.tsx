import type { RunEvaluation } from '../../api/types';
import { Card } from '../../design/Card';
import { loss, percent } from '../../text/format';
import { text } from '../../text/text';

/** The misclassified samples with the largest loss. */
export function Mistakes({ names, mistakes }: { names: readonly string[]; mistakes: RunEvaluation['mistakes'] }) {
  return (
    <Card title={text.evaluation.mistakes}>
      {mistakes === null || mistakes.length === 0 ? (
        <p className="card-note">{mistakes === null ? text.evaluation.mistakesNotKept : text.evaluation.noMistakes}</p>
      ) : (
        <ul className="mistakes">
          {mistakes.map((one) => {
            const truth = names[one.label] ?? String(one.label);
            const predicted = names[one.predicted] ?? String(one.predicted);
            return (
              <li key={one.sample}>
                {one.image !== null && (
                  <img
                    src={`data:image/png;base64,${one.image}`}
                    alt={text.evaluation.mistakeAlt(one.sample, truth, predicted)}
                    loading="lazy"
                  />
                )}
                <p>
                  {text.evaluation.predicted} <b>{predicted}</b> {percent(one.confidence)}
                </p>
                <p>
                  {text.evaluation.actual} <b>{truth}</b>
                </p>
                <p className="card-note">
                  {text.charts.loss} {loss(one.loss)}
                </p>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
