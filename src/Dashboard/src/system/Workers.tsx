import type { WorkerState } from '../api/types';
import { ago, dateTime, integer } from '../text/format';
import { text } from '../text/text';

const { workers: columns } = text.system;

/** The processes that train, newest first. */
export function Workers({ workers, now }: { workers: readonly WorkerState[]; now: number }) {
  return (
    <section className="card" aria-labelledby="workers-title">
      <div className="card-head">
        <h2 id="workers-title">{text.system.workersTitle}</h2>
      </div>
      {workers.length === 0 ? (
        <p className="card-note">{text.system.noWorkers}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <div className="table-scroll" role="group" aria-label={text.system.workersLabel} tabIndex={0}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{columns.id}</th>
                <th scope="col">{columns.state}</th>
                <th scope="col">{columns.host}</th>
                <th scope="col">{columns.queues}</th>
                <th scope="col" className="num">
                  {columns.slots}
                </th>
                <th scope="col">{columns.started}</th>
                <th scope="col">{columns.seen}</th>
              </tr>
            </thead>
            <tbody>
              {workers.map((worker) => (
                <tr key={worker.id} data-worker={worker.id}>
                  <th scope="row" className="mono">
                    {worker.id}
                  </th>
                  <td>
                    <span className={`badge badge-${worker.alive ? 'succeeded' : 'failed'}`}>
                      <svg viewBox="0 0 16 16" aria-hidden="true">
                        <path
                          d={worker.alive ? 'M3 8.5l3.4 3.4L13 5' : 'M4 4l8 8M12 4l-8 8'}
                          fill="none"
                          stroke="currentColor"
                          strokeWidth="2"
                        />
                      </svg>
                      {worker.alive ? text.system.alive : text.system.lost}
                    </span>
                  </td>
                  <td>{worker.host}</td>
                  <td>{worker.queues.join(', ')}</td>
                  <td className="num">{integer(worker.slots)}</td>
                  <td className="nowrap" title={dateTime(worker.startedAt)}>
                    {ago(worker.startedAt, now)}
                  </td>
                  <td className="nowrap" title={dateTime(worker.seenAt)}>
                    {ago(worker.seenAt, now)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
