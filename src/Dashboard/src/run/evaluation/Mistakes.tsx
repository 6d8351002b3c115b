import type { RunEvaluation } from '../../api/types';
import { Button } from '../../design/Button';
import { Card } from '../../design/Card';
import { loss, percent } from '../../text/format';
import { text } from '../../text/text';
import type { ConfusionCell } from './ConfusionMatrix';

const t = text.evaluation;
const mostShown = 36;

interface MistakesProps {
  evaluation: RunEvaluation;
  /** Shows the mistakes of one cell of the confusion matrix; null: the worst of all. */
  cell: ConfusionCell | null;
  onClear: () => void;
}

/** The misclassified samples with the largest loss, of all cells or of one. */
export function Mistakes({ evaluation: { classNames, confusion, mistakes }, cell, onClear }: MistakesProps) {
  const nameOf = (index: number) => classNames[index] ?? String(index);
  const shown =
    cell === null
      ? (mistakes ?? []).slice(0, mostShown)
      : (mistakes ?? []).filter(({ label, predicted }) => label === cell.actual && predicted === cell.predicted);
  return (
    <Card
      id="mistakes"
      title={cell === null ? t.mistakes : t.mistakesOf(nameOf(cell.actual), nameOf(cell.predicted))}
      actions={
        cell !== null && (
          <Button small onClick={onClear}>
            {t.allMistakes}
          </Button>
        )
      }
    >
      {cell !== null && (
        <p className="card-note" role="status">
          {t.shownOf(shown.length, confusion[cell.actual]?.[cell.predicted] ?? 0)}
        </p>
      )}
      {cell === null && shown.length === 0 ? (
        <p className="card-note">{mistakes === null ? t.mistakesNotKept : t.noMistakes}</p>
      ) : (
        <ul className="mistakes">
          {shown.map((one) => {
            const [actual, predicted] = [nameOf(one.label), nameOf(one.predicted)];
            return (
              <li key={one.sample}>
                {one.image !== null && (
                  <img
                    src={`data:image/png;base64,${one.image}`}
                    alt={t.mistakeAlt(one.sample, actual, predicted)}
                    loading="lazy"
                  />
                )}
                <p>
                  {t.predicted} <b>{predicted}</b> {percent(one.confidence)}
                </p>
                <p>
                  {t.actual} <b>{actual}</b>
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
