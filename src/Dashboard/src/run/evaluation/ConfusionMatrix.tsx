import { type CSSProperties, useRef } from 'react';
import { cssColorAt, textOn } from '../../charts/colormap';
import { DownloadMenu } from '../../charts/download/DownloadMenu';
import { imageOfTable } from '../../charts/download/image';
import { Card } from '../../design/Card';
import { ScrollRegion } from '../../design/ScrollRegion';
import { integer, percent } from '../../text/format';
import { text } from '../../text/text';

interface ConfusionMatrixProps {
  names: readonly string[];
  /** Rows: true class; columns: predicted class. */
  confusion: readonly (readonly number[])[];
}

/** Whether the names fit over their columns. */
const isShort = (names: readonly string[]) => names.every((name) => name.length <= 3);

const cellSize = (classes: number) =>
  ({ '--cell': `${Math.min(Math.max(Math.round(420 / classes), 36), 72)}px` }) as CSSProperties;

/** The confusion matrix, coloured by the share of the row, so that rare classes are visible too. */
export function ConfusionMatrix({ names, confusion }: ConfusionMatrixProps) {
  const table = useRef<HTMLTableElement>(null);
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
            {confusion.map((row, truth) => {
              const total = row.reduce((sum, count) => sum + count, 0);
              return (
                <tr key={names[truth] ?? truth}>
                  <th scope="row">{names[truth] ?? truth}</th>
                  {row.map((count, predicted) => {
                    const share = total === 0 ? 0 : count / total;
                    return (
                      <td
                        key={names[predicted] ?? predicted}
                        className={count === 0 ? 'confusion-none' : undefined}
                        style={count === 0 ? undefined : { background: cssColorAt(share), color: textOn(share) }}
                        title={text.evaluation.cell(names[truth] ?? '', names[predicted] ?? '', percent(share))}
                      >
                        {integer(count)}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="card-note">{text.evaluation.confusionNote}</p>
    </Card>
  );
}
