import { DataTable } from '../design/DataTable';
import { brief, tick } from '../text/format';
import { forwardText } from '../text/forward';
import type { LayerOutput, UnitTerm, UnitTrace } from './types';

const { dense: t, columns } = forwardText.unit;

/** Contributions that are shown one by one. */
const most = 12;

const productOf = ({ value, weight }: UnitTerm): number => value * (weight ?? 0);

/** The name of a value of a vector: its place in the map that the vector was made from, or its index. isFirst: The vector is the network's input. */
function nameOf(index: number, map: LayerOutput | null, isFirst: boolean): string {
  const [, height = 1, width = 1] = map?.shape ?? [];
  return map === null
    ? isFirst
      ? t.value(index + 1)
      : t.unit(index + 1)
    : t.place(Math.floor(index / (height * width)) + 1, (Math.floor(index / width) % height) + 1, (index % width) + 1);
}

interface DenseSumProps {
  unit: UnitTrace;
  /** What the vector was made from; null for none. */
  map: LayerOutput | null;
  /** Whether the layer is the first. */
  isFirst: boolean;
}

/** The largest contributions to a dense unit, and the sum of the others. */
export function DenseSum({ unit, map, isFirst }: DenseSumProps) {
  const sorted = unit.terms.toSorted((one, other) => Math.abs(productOf(other)) - Math.abs(productOf(one)));
  const shown = sorted.slice(0, most);
  const scale = Math.max(...shown.map((term) => Math.abs(productOf(term))), 1e-12);
  const shownSum = shown.reduce((sum, term) => sum + productOf(term), 0);
  const others = (unit.sum ?? 0) - (unit.bias ?? 0) - shownSum;
  const left = unit.termCount - shown.length;
  return (
    <>
      <h3>{t.title}</h3>
      <DataTable
        label={t.title}
        className="scroll forward-terms"
        rows={shown}
        rowKey={({ channel }) => channel}
        columns={[
          { name: t.input, cell: ({ channel }) => nameOf(channel, map, isFirst), isRowHeader: true },
          { name: columns.value, cell: ({ value }) => brief(value), isNumber: true },
          { name: columns.weight, cell: ({ weight }) => brief(weight ?? 0), isNumber: true },
          { name: columns.product, cell: (term) => brief(productOf(term)), isNumber: true },
          {
            name: <span className="visually-hidden">{t.contribution}</span>,
            className: 'forward-share',
            cell: (term) => (
              <span
                data-negative={productOf(term) < 0}
                style={{ width: `${(50 * Math.abs(productOf(term))) / scale}%` }}
              />
            ),
          },
        ]}
        lastRows={
          left > 0 && (
            <tr>
              <th scope="row">{t.others(left)}</th>
              <td colSpan={2} />
              <td className="num">{tick(others)}</td>
              <td />
            </tr>
          )
        }
      />
    </>
  );
}
