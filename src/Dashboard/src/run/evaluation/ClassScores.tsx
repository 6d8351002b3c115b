import type { RunEvaluation } from '../../api/types';
import { ScrollRegion } from '../../design/ScrollRegion';
import { integer, percent } from '../../text/format';
import { text } from '../../text/text';

const { columns } = text.evaluation;

/** Precision, recall and F1 of each class. */
export function ClassScores({ names, scores }: { names: readonly string[]; scores: RunEvaluation['perClass'] }) {
  return (
    <section className="card" aria-labelledby="classes-title">
      <div className="card-head">
        <h2 id="classes-title">{text.evaluation.classes}</h2>
      </div>
      <ScrollRegion className="table-scroll" label={text.evaluation.classes}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{columns.name}</th>
              <th scope="col" className="num">
                {columns.precision}
              </th>
              <th scope="col" className="num">
                {columns.recall}
              </th>
              <th scope="col" className="num">
                {columns.f1}
              </th>
              <th scope="col" className="num">
                {columns.support}
              </th>
            </tr>
          </thead>
          <tbody>
            {scores.map((score, index) => (
              <tr key={names[index] ?? index}>
                <th scope="row">{names[index] ?? index}</th>
                <td className="num">{percent(score.precision)}</td>
                <td className="num">{percent(score.recall)}</td>
                <td className="num">{percent(score.f1)}</td>
                <td className="num">{integer(score.support)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}
