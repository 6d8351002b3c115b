import { type CSSProperties, useRef } from 'react';
import { shareColors } from '../../charts/colormap';
import { DownloadMenu } from '../../charts/download/DownloadMenu';
import { imageOfTable } from '../../charts/download/image';
import { Card } from '../../design/Card';
import { ScrollRegion } from '../../design/ScrollRegion';
import { useTheme } from '../../navigation/theme';
import { integer, percent } from '../../text/format';
import { text } from '../../text/text';

/** A cell: an actual and a predicted class. */
export interface ConfusionCell {
  readonly actual: number;
  readonly predicted: number;
}

interface ConfusionMatrixProps {
  names: readonly string[];
  /** Rows: true class; columns: predicted class. */
  confusion: readonly (readonly number[])[];
  selected: ConfusionCell | null;
  /** Receives the cell of mistakes that is clicked; missing where no mistakes were kept. */
  onSelect?: ((cell: ConfusionCell) => void) | undefined;
}

/** Whether the names fit over their columns. */
const isShort = (names: readonly string[]) => names.every((name) => name.length <= 3);

const cellSize = (classes: number) =>
  ({ '--cell': `${Math.min(Math.max(Math.round(420 / classes), 36), 72)}px` }) as CSSProperties;

/** The confusion matrix, coloured by the share of the row, so that rare classes are visible too. */
export function ConfusionMatrix({ names, confusion, selected, onSelect }: ConfusionMatrixProps) {
  const table = useRef<HTMLTableElement>(null);
  const theme = useTheme();
  return (
    <Card
      title={text.evaluation.confusion}
      actions={
        <DownloadMenu
          chart={text.evaluation.confusion}
          image={() => table.current && imageOfTable(table.current, text.evaluation.confusion)}
        />
      }
    >
      <ScrollRegion className="scroll" label={text.evaluation.confusion}>
        <table
          ref={table}
          className={isShort(names) ? 'confusion confusion-flat' : 'confusion'}
          style={cellSize(names.length)}
        >
          <thead>
            <tr>
              <th scope="col">{text.evaluation.corner}</th>
              {names.map((name) => (
                <th key={name} scope="col">
                  <span>{name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {confusion.map((row, actual) => {
              const total = row.reduce((sum, count) => sum + count, 0);
              return (
                <tr key={names[actual] ?? actual}>
                  <th scope="row">{names[actual] ?? actual}</th>
                  {row.map((count, predicted) => {
                    const share = total === 0 ? 0 : count / total;
                    const isHit = actual === predicted;
                    const what = text.evaluation.cell(names[actual] ?? '', names[predicted] ?? '', percent(share));
                    return (
                      <td
                        key={names[predicted] ?? predicted}
                        className={isHit ? 'confusion-hit' : count === 0 ? 'confusion-none' : undefined}
                        style={count === 0 ? undefined : shareColors(share, theme)}
                        title={what}
                      >
                        {isHit || count === 0 || onSelect === undefined ? (
                          integer(count)
                        ) : (
                          <button
                            type="button"
                            aria-pressed={selected?.actual === actual && selected.predicted === predicted}
                            aria-label={`${integer(count)}: ${what}`}
                            onClick={() => onSelect({ actual, predicted })}
                          >
                            {integer(count)}
                          </button>
                        )}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="card-note">
        {text.evaluation.confusionNote} {onSelect !== undefined && text.evaluation.confusionHint}
      </p>
    </Card>
  );
}
