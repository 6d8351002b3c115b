import { useMemo, useState } from 'react';
import { isTerminal, type RunObservations } from '../../api/types';
import { HeatMap } from '../../charts/HeatMap';
import { heatPicture } from '../../charts/heatPicture';
import { PictureMenu } from '../../charts/pictures/PictureMenu';
import { pictureFrom } from '../../charts/pictures/picture';
import { Choice } from '../../design/Choice';
import { Problem } from '../../design/Problem';
import { ScrollRegion } from '../../design/ScrollRegion';
import { Skeleton } from '../../design/Skeleton';
import { useSearch } from '../../shell/navigation';
import { percent, tick } from '../../text/format';
import { text } from '../../text/text';
import type { RunViewProps } from '../RunViewProps';
import { useObservations } from '../useMeasured';
import { HistogramFilm } from './HistogramFilm';
import { asStatistic, isShare, type MapRow, mapOf, statisticNames } from './statistics';
import './layers.css';

/** What goes on inside the layers: one statistic over layers and epochs, and the film of the histograms. */
export default function LayersView({ run, present }: RunViewProps) {
  const { data, error, refetch } = useObservations(run.id);
  if (data === undefined) {
    return error === null ? (
      <Skeleton height={420} />
    ) : (
      <Problem title={text.observed.failed} error={error} onRetry={() => void refetch()} />
    );
  }
  if (data.epochs.length === 0) {
    return (
      <div className="message">
        <h2>{text.observed.emptyTitle}</h2>
        <p>{isTerminal(present.state) ? text.observed.never : text.observed.notYet}</p>
      </div>
    );
  }
  return (
    <>
      <StatisticCard observed={data} />
      <HistogramFilm observed={data} />
    </>
  );
}

const wholeRange = [0, 1] as const;
const shownAs = [
  { value: 'map', label: text.observed.asMap },
  { value: 'table', label: text.charts.asTable },
] as const;

function StatisticCard({ observed }: { observed: RunObservations }) {
  const [search, update] = useSearch();
  const [shown, show] = useState<'map' | 'table'>('map');
  const statistic = asStatistic(search.get('statistic'));
  const rows = useMemo(() => mapOf(observed, statistic), [observed, statistic]);
  const columns = useMemo(() => observed.epochs.map(({ epoch }) => text.observed.epoch(epoch)), [observed]);
  const name = text.observed.statistics[statistic];
  const format = isShare(statistic) ? percent : tick;
  const range = isShare(statistic) ? wholeRange : undefined;
  return (
    <section className="card" aria-labelledby="statistic-title">
      <div className="card-head">
        <h2 id="statistic-title">{text.observed.title}</h2>
        <div className="card-actions">
          <select
            className="input"
            aria-label={text.observed.statistic}
            value={statistic}
            onChange={({ target: { value } }) => update((params) => params.set('statistic', value))}
          >
            {statisticNames.map((one) => (
              <option key={one} value={one}>
                {text.observed.statistics[one]}
              </option>
            ))}
          </select>
          <Choice label={text.charts.viewOf(text.observed.title)} value={shown} options={shownAs} onChange={show} />
          {shown === 'map' && rows.length > 0 && (
            <PictureMenu
              chart={name}
              picture={(look) => pictureFrom(() => heatPicture({ title: name, rows, columns, format, range }, look))}
            />
          )}
        </div>
      </div>
      <p className="card-note statistic-help">{text.observed.help[statistic]}</p>
      {rows.length === 0 ? (
        <p className="chart-empty">{text.observed.noValues}</p>
      ) : shown === 'map' ? (
        <HeatMap
          label={text.observed.mapLabel(name)}
          rows={rows}
          columns={columns}
          format={format}
          range={range}
          hint={text.observed.hint}
          none={text.units.none}
        />
      ) : (
        <MapTable rows={rows} columns={columns} format={format} label={name} />
      )}
    </section>
  );
}

interface MapTableProps {
  rows: readonly MapRow[];
  columns: readonly string[];
  format: (value: number) => string;
  label: string;
}

const MapTable = ({ rows, columns, format, label }: MapTableProps) => (
  <ScrollRegion className="table-scroll" label={label}>
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{text.layers.columns.name}</th>
          {columns.map((column) => (
            <th key={column} scope="col" className="num">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.label}>
            <th scope="row" className="mono">
              {row.label}
            </th>
            {row.values.map((value, index) => (
              <td key={columns[index]} className="num">
                {value === null ? text.units.none : format(value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </ScrollRegion>
);
