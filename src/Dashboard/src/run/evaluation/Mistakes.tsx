import type { RunEvaluation } from '../../api/types';
import { loss, percent } from '../../text/format';
import { text } from '../../text/text';

/** The samples that the network got most wrong. */
export function Mistakes({ names, mistakes }: { names: readonly string[]; mistakes: RunEvaluation['mistakes'] }) {
  return (
    <section className="card" aria-labelledby="mistakes-title">
      <div className="card-head">
        <h2 id="mistakes-title">{text.evaluation.mistakes}</h2>
      </div>
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
                  {text.evaluation.said} <b>{predicted}</b> {percent(one.confidence)}
                </p>
                <p>
                  {text.evaluation.is} <b>{truth}</b>
                </p>
                <p className="card-note">
                  {text.charts.loss} {loss(one.loss)}
                </p>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
