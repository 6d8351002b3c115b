import { Problem } from '../design/Problem';
import { ScrollRegion } from '../design/ScrollRegion';
import { Skeleton } from '../design/Skeleton';
import { bytes, dateTime, integer } from '../text/format';
import { text } from '../text/text';
import type { RunViewProps } from './RunViewProps';
import { useCheckpoints } from './useMeasured';

const { columns } = text.files;

/** Checkpoints and other files of a run, to take along. */
export default function FilesView({ run }: RunViewProps) {
  const { data, error, refetch } = useCheckpoints(run.id);
  const base = `/api/v1/runs/${encodeURIComponent(run.id)}`;
  return (
    <>
      <section className="card" aria-labelledby="checkpoints-title">
        <div className="card-head">
          <h2 id="checkpoints-title">{text.files.checkpoints}</h2>
        </div>
        {data === undefined ? (
          error === null ? (
            <Skeleton height={120} />
          ) : (
            <Problem title={text.files.failed} error={error} onRetry={() => void refetch()} />
          )
        ) : data.items.length === 0 ? (
          <p className="card-note">{text.files.none}</p>
        ) : (
          <ScrollRegion className="table-scroll" label={text.files.checkpoints}>
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{columns.file}</th>
                  <th scope="col" className="num">
                    {columns.epoch}
                  </th>
                  <th scope="col" className="num">
                    {columns.step}
                  </th>
                  <th scope="col" className="num">
                    {columns.size}
                  </th>
                  <th scope="col">{columns.written}</th>
                  <th scope="col">{columns.sha256}</th>
                </tr>
              </thead>
              <tbody>
                {data.items.map((one) => (
                  <tr key={`${one.attempt} ${one.step} ${one.file}`}>
                    <th scope="row" className="mono">
                      {one.available ? (
                        <a href={`${base}/checkpoints/${encodeURIComponent(one.file)}`} download>
                          {one.file}
                        </a>
                      ) : (
                        <>
                          {one.file} <small>({text.files.replaced})</small>
                        </>
                      )}
                    </th>
                    <td className="num">{integer(one.epoch)}</td>
                    <td className="num">{integer(one.step)}</td>
                    <td className="num">{bytes(one.bytes)}</td>
                    <td className="nowrap">{dateTime(one.at)}</td>
                    <td className="mono" title={one.sha256}>
                      {one.sha256.slice(0, 12)}…
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        )}
      </section>
      <section className="card" aria-labelledby="downloads-title">
        <div className="card-head">
          <h2 id="downloads-title">{text.files.downloads}</h2>
        </div>
        <ul className="downloads">
          <li>
            <a href={`${base}/metrics.csv`} download={`${run.id}.csv`}>
              {text.files.metricsCsv}
            </a>
          </li>
          <li>
            <a href={`${base}/metrics`} download={`${run.id}-metrics.json`}>
              {text.files.metricsJson}
            </a>
          </li>
          <li>
            <a href={base} download={`${run.id}.json`}>
              {text.files.runJson}
            </a>
          </li>
          <li>
            <a href={`${base}/log`} download={`${run.id}.log`}>
              {text.files.log}
            </a>
          </li>
        </ul>
      </section>
    </>
  );
}
