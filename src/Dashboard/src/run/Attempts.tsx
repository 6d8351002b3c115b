import type { RunAttempt } from '../api/types';
import { dateTime, duration } from '../text/format';
import { say } from '../text/said';
import { text } from '../text/text';

const { columns } = text.attempts;
/** An attempt ends in a state of the run, or in words of the service. */
const outcomes: Readonly<Record<string, string>> = text.states;

/** Each claim of the run by a worker. */
export function Attempts({ attempts }: { attempts: readonly RunAttempt[] }) {
  return (
    <section className="card" aria-labelledby="attempts-title">
      <div className="card-head">
        <h2 id="attempts-title">{text.attempts.title}</h2>
      </div>
      {attempts.length === 0 ? (
        <p className="card-note">{text.attempts.none}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <div className="table-scroll" role="group" aria-label={text.attempts.tableLabel} tabIndex={0}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{columns.attempt}</th>
                <th scope="col">{columns.worker}</th>
                <th scope="col">{columns.started}</th>
                <th scope="col">{columns.duration}</th>
                <th scope="col">{columns.outcome}</th>
              </tr>
            </thead>
            <tbody>
              {attempts.map((one) => (
                <tr key={one.attempt}>
                  <th scope="row">{one.attempt}</th>
                  <td className="mono nowrap">{one.worker}</td>
                  <td className="nowrap">{dateTime(one.startedAt)}</td>
                  <td className="nowrap">
                    {one.endedAt == null
                      ? text.units.none
                      : duration((Date.parse(one.endedAt) - Date.parse(one.startedAt)) / 1000)}
                  </td>
                  <td>
                    {one.outcome == null
                      ? text.attempts.running
                      : say('story', one, outcomes[one.outcome] ?? one.outcome)}
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
