import { useRef } from 'react';
import { useWidth } from '../../charts/useWidth';
import { Card } from '../../design/Card';
import { ScrollRegion } from '../../design/ScrollRegion';
import { useParam } from '../../navigation/navigation';
import { text } from '../../text/text';
import { ChartCard, NumbersTable, Pick, useCardView } from '../ChartCard';
import { mainMetric } from '../comparison';
import { formatValue } from '../format';
import { type Cell, gridOf } from './grid';
import { HeatPlot } from './HeatPlot';
import { useSettingPair } from './useSettingPair';
import { type Variable, variableById } from './variables';

const t = text.compare.heat;

interface HeatCardProps {
  comparison: { readonly runs: readonly { readonly id: string }[] };
  settings: readonly Variable[];
  results: readonly Variable[];
}

/** A heat map of a result over two settings. */
export function HeatCard({ comparison, settings, results }: HeatCardProps) {
  const [shown, show] = useCardView('heat');
  const pair = useSettingPair(settings);
  const [resultId, setResult] = useParam('hz');
  const [host, width] = useWidth<HTMLDivElement>();
  const svg = useRef<SVGSVGElement>(null);

  const result = variableById(results, resultId, `best:${mainMetric}`);
  if (pair === null || result === undefined) {
    return (
      <Card title={t.title}>
        <p className="chart-empty">{t.needsTwo}</p>
      </Card>
    );
  }
  const { column, row, picks } = pair;
  const format = (value: number) => formatValue(column, value);
  const grid = gridOf(
    comparison.runs.map(({ id }) => id),
    column,
    row,
    result,
    format,
  );
  const valueIn = (cell: Cell) => (cell.mean === null ? t.none : formatValue(result, cell.mean));
  const label = t.describe(result.label, column.label, row.label);

  return (
    <ChartCard
      title={t.title}
      view={shown}
      onView={show}
      svg={svg}
      note={t.note}
      tools={
        <>
          {picks}
          <Pick label={t.result} value={result.id} options={results} onChange={setResult} />
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
        <ScrollRegion ref={host} className="scroll" label={label}>
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
