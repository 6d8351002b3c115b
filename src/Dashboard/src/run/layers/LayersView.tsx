import { useMemo, useRef, useState } from 'react';
import { isTerminal, type RunObservations } from '../../api/types';
import { DownloadMenu } from '../../charts/download/DownloadMenu';
import { HeatMap } from '../../charts/HeatMap';
import { Card } from '../../design/Card';
import { Choice } from '../../design/Choice';
import { DataTable } from '../../design/DataTable';
import { Loaded } from '../../design/Loaded';
import { useParam } from '../../navigation/navigation';
import { orNone } from '../../text/format';
import { text } from '../../text/text';
import type { RunTabProps } from '../history/status';
import { useObservations } from '../queries';
import { HistogramCard } from './HistogramCard';
import { asStatistic, formatStatistic, isShare, type MapRow, mapOf, statisticNames } from './statistics';
import './layers.css';

const t = text.observed;

/** Layer statistics: one statistic over layers and epochs, and the histograms. */
export default function LayersView({ run, status }: RunTabProps) {
  return (
    <Loaded query={useObservations(run.id)} errorTitle={t.failed} heights={[420]}>
      {(observed) =>
        observed.epochs.length === 0 ? (
          <div className="message">
            <h2>{t.emptyTitle}</h2>
            <p>{isTerminal(status.state) ? t.never : t.notYet}</p>
          </div>
        ) : (
          <>
            <StatisticCard observed={observed} />
            <HistogramCard observed={observed} />
          </>
        )
      }
    </Loaded>
  );
}

const wholeRange = [0, 1] as const;
const views = [
  { value: 'map', label: t.asMap },
  { value: 'table', label: text.charts.asTable },
] as const;

function StatisticCard({ observed }: { observed: RunObservations }) {
  const [value, setValue] = useParam('statistic');
  const [shown, show] = useState<'map' | 'table'>('map');
  const svg = useRef<SVGSVGElement>(null);
  const statistic = asStatistic(value);
  const rows = useMemo(() => mapOf(observed, statistic), [observed, statistic]);
  const columns = useMemo(() => observed.epochs.map(({ epoch }) => t.epoch(epoch)), [observed]);
  const name = t.statistics[statistic];
  const format = formatStatistic(statistic);
  const range = isShare(statistic) ? wholeRange : undefined;
  return (
    <Card
      title={t.title}
      actions={
        <>
          <select
            className="input"
            aria-label={t.statistic}
            value={statistic}
            onChange={(event) => setValue(event.target.value)}
          >
            {statisticNames.map((one) => (
              <option key={one} value={one}>
                {t.statistics[one]}
              </option>
            ))}
          </select>
          <Choice label={text.charts.viewOf(t.title)} value={shown} options={views} onChange={show} />
          {shown === 'map' && rows.length > 0 && <DownloadMenu chart={name} svg={svg} />}
        </>
      }
    >
      <p className="card-note statistic-help">{t.help[statistic]}</p>
      {rows.length === 0 ? (
        <p className="chart-empty">{t.noValues}</p>
      ) : shown === 'map' ? (
        <HeatMap
          ref={svg}
          label={t.mapLabel(name)}
          rows={rows}
          columns={columns}
          format={format}
          range={range}
          hint={t.hint}
          none={text.units.none}
        />
      ) : (
        <DataTable
          label={name}
          rows={rows}
          rowKey={({ label }) => label}
          columns={[
            { name: text.layers.columns.name, cell: ({ label }) => label, isRowHeader: true, className: 'mono' },
            ...columns.map((column, index) => ({
              name: column,
              cell: ({ values }: MapRow) => orNone(values[index], format),
              isNumber: true,
            })),
          ]}
        />
      )}
    </Card>
  );
}
