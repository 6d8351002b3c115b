import { Fragment } from 'react';
import type { RunAttempt } from '../api/types';
import { TableCard } from '../design/TableCard';
import { dateTime, duration } from '../text/format';
import { say } from '../text/said';
import { text } from '../text/text';

const { columns } = text.attempts;
/** An attempt ends in a state of the run, or in words of the service. */
const outcomes: Readonly<Record<string, string>> = { ...text.states, ...text.attempts.outcomes };

/** Each claim of the run by a worker. What the service has to say of its end is too long for a column: it gets a line of its own. */
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
      rows={attempts.map((one) => {
        const story = say('story', one, '');
        return (
          <Fragment key={one.attempt}>
            <tr className={story === '' ? undefined : 'attempt-told'}>
              <th scope="row">{one.attempt}</th>
              <td className="mono nowrap">{one.worker}</td>
              <td className="nowrap">{dateTime(one.startedAt)}</td>
              <td className="nowrap">
                {one.endedAt == null
                  ? text.units.none
                  : duration((Date.parse(one.endedAt) - Date.parse(one.startedAt)) / 1000)}
              </td>
              <td>{outcomeOf(one)}</td>
            </tr>
            {story !== '' && (
              <tr className="attempt-story">
                <td colSpan={5}>{story}</td>
              </tr>
            )}
          </Fragment>
        );
      })}
    />
  );
}

/** How an attempt ended, in a few words. The service writes "failed: storage", "crashed: exit code 139". */
function outcomeOf({ outcome }: RunAttempt): string {
  if (outcome == null) {
    return text.attempts.running;
  }
  const [word = '', detail] = outcome.split(': ', 2);
  const known = outcomes[word] ?? word;
  return detail === undefined ? known : `${known}: ${text.failures[detail] ?? text.attempts.crashes[detail] ?? detail}`;
}
