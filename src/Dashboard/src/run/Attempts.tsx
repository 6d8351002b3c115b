import type { RunAttempt } from '../api/types';
import { TableCard } from '../design/TableCard';
import { dateTime, duration } from '../text/format';
import { say } from '../text/said';
import { text } from '../text/text';

const { columns } = text.attempts;
/** An attempt ends in a state of the run, or in words of the service. */
const outcomes: Readonly<Record<string, string>> = text.states;

/** Each claim of the run by a worker. */
export function Attempts({ attempts }: { attempts: readonly RunAttempt[] }) {
  return (
    <TableCard
      id="attempts"
      title={text.attempts.title}
      label={text.attempts.tableLabel}
      empty={text.attempts.none}
      columns={[
        { name: columns.attempt },
        { name: columns.worker },
        { name: columns.started },
        { name: columns.duration },
        { name: columns.outcome },
      ]}
      rows={attempts.map((one) => (
        <tr key={one.attempt}>
          <th scope="row">{one.attempt}</th>
          <td className="mono nowrap">{one.worker}</td>
          <td className="nowrap">{dateTime(one.startedAt)}</td>
          <td className="nowrap">
            {one.endedAt == null
              ? text.units.none
              : duration((Date.parse(one.endedAt) - Date.parse(one.startedAt)) / 1000)}
          </td>
          <td className="said">
            {one.outcome == null ? text.attempts.running : say('story', one, outcomes[one.outcome] ?? one.outcome)}
          </td>
        </tr>
      ))}
    />
  );
}
