import type { WorkerState } from '../api/types';
import { TableCard } from '../design/TableCard';
import { ago, dateTime, integer } from '../text/format';
import { text } from '../text/text';

const { workers: columns } = text.system;

/** The processes that train, newest first. */
export function Workers({ workers, now }: { workers: readonly WorkerState[]; now: number }) {
  return (
    <TableCard
      id="workers"
      title={text.system.workersTitle}
      label={text.system.workersLabel}
      empty={text.system.noWorkers}
      columns={[
        { name: columns.id },
        { name: columns.state },
        { name: columns.host },
        { name: columns.queues },
        { name: columns.slots, isNumber: true },
        { name: columns.started },
        { name: columns.seen },
      ]}
      rows={workers.map((worker) => (
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
    />
  );
}
