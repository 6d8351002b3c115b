import type { CSSProperties } from 'react';
import { cssColorAt, textOn } from '../../charts/colormap';
import { PictureMenu } from '../../charts/pictures/PictureMenu';
import { pictureFrom } from '../../charts/pictures/picture';
import { ScrollRegion } from '../../design/ScrollRegion';
import { integer, percent } from '../../text/format';
import { text } from '../../text/text';
import { confusionPicture } from './confusionPicture';

interface ConfusionMatrixProps {
  names: readonly string[];
  /** Rows: true class; columns: predicted class. */
  confusion: readonly (readonly number[])[];
}

/** Names that fit over their columns. */
const isShort = (names: readonly string[]) => names.every((name) => name.length <= 3);

/** Few classes have room for large cells. */
const cellSize = (classes: number) =>
  ({ '--cell': `${Math.min(Math.max(Math.round(420 / classes), 36), 72)}px` }) as CSSProperties;

/** What was taken for what. The colour is the share of the row, so that rare classes are seen too. */
export function ConfusionMatrix({ names, confusion }: ConfusionMatrixProps) {
  return (
    <section className="card" aria-labelledby="confusion-title">
      <div className="card-head">
        <h2 id="confusion-title">{text.evaluation.confusion}</h2>
        <PictureMenu
          chart={text.evaluation.confusion}
          picture={(look) => pictureFrom(() => confusionPicture(text.evaluation.confusion, names, confusion, look))}
        />
      </div>
      <ScrollRegion className="table-scroll" label={text.evaluation.confusion}>
        <table className={isShort(names) ? 'confusion confusion-flat' : 'confusion'} style={cellSize(names.length)}>
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
    </section>
  );
}
