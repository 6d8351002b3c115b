import { useRef } from 'react';
import { pictureOf } from '../../charts/pictures/picture';
import { useWidth } from '../../charts/useWidth';
import { ScrollRegion } from '../../design/ScrollRegion';
import { text } from '../../text/text';
import { type Comparison, mainMetric } from '../comparison';
import { ChartCard, Pick } from '../parts/ChartCard';
import { NumbersTable } from '../parts/NumbersTable';
import { useCardView, useParam } from '../parts/useParam';
import { formatValue } from './formatValue';
import { type Cell, gridOf } from './grid';
import { HeatPlot } from './HeatPlot';
import { chosen, type Variable } from './variables';

const words = text.compare.heat;

interface HeatCardProps {
  comparison: Comparison;
  settings: readonly Variable[];
  results: readonly Variable[];
}

/** A result where two settings meet. */
export function HeatCard({ comparison, settings, results }: HeatCardProps) {
  const [shown, show] = useCardView('heat');
  const [columnId, setColumn] = useParam('hx');
  const [rowId, setRow] = useParam('hy');
  const [resultId, setResult] = useParam('hz');
  const [host, width] = useWidth<HTMLDivElement>();
  const svg = useRef<SVGSVGElement>(null);

  const column = chosen(settings, columnId, '');
  const others = settings.filter(({ id }) => id !== column?.id);
  const row = chosen(others, rowId, '');
  const result = chosen(results, resultId, `best:${mainMetric}`);
  if (column === undefined || row === undefined || result === undefined) {
    return (
      <section className="card" aria-labelledby="heat-title">
        <div className="card-head">
          <h2 id="heat-title">{words.title}</h2>
        </div>
        <p className="chart-empty">{words.needsTwo}</p>
      </section>
    );
  }
  const format = (value: number) => formatValue(column, value);
  const grid = gridOf(
    comparison.runs.map(({ id }) => id),
    column,
    row,
    result,
    format,
  );
  const valueIn = (cell: Cell) => (cell.mean === null ? words.none : formatValue(result, cell.mean));
  const label = words.describe(result.label, column.label, row.label);

  return (
    <ChartCard
      title={words.title}
      view={shown}
      onView={show}
      picture={() => (svg.current === null ? null : pictureOf(svg.current))}
      note={words.note}
      tools={
        <>
          <Pick label={text.compare.scatter.horizontal} value={column.id} options={settings} onChange={setColumn} />
          <Pick label={text.compare.scatter.vertical} value={row.id} options={others} onChange={setRow} />
          <Pick label={words.result} value={result.id} options={results} onChange={setResult} />
        </>
      }
    >
      {shown === 'table' ? (
        <NumbersTable
          label={label}
          columns={[`${row.label} \\ ${column.label}`, ...grid.columns]}
          rows={grid.rows.map((name, index) => ({
            key: name,
            cells: [name, ...(grid.cells[index] ?? []).map((cell) => `${valueIn(cell)} (${cell.runs.length})`)],
          }))}
        />
      ) : (
        <ScrollRegion ref={host} className="plot-scroll" label={label}>
          {width > 0 && (
            <HeatPlot
              ref={svg}
              {...{ grid, width, label, valueIn }}
              goal={result.goal}
              columnTitle={column.label}
              rowTitle={row.label}
            />
          )}
        </ScrollRegion>
      )}
    </ChartCard>
  );
}
