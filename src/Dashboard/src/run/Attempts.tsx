import type { RunAttempt } from '../api/types';
import { Card } from '../design/Card';
import { DataTable } from '../design/DataTable';
import { dateTime, duration } from '../text/format';
import { translate } from '../text/serverMessages';
import { text } from '../text/text';

const t = text.attempts;
const outcomes: Readonly<Record<string, string>> = { ...text.states, ...t.outcomes };
const messageOf = (attempt: RunAttempt): string => translate('run', attempt, '');

/** Each claim of the run by a worker. The message about its end, if any, has a row of its own. */
export const Attempts = ({ attempts }: { attempts: readonly RunAttempt[] }) => (
  <Card title={t.title}>
    {attempts.length === 0 ? (
      <p className="card-note">{t.none}</p>
    ) : (
      <DataTable
        label={t.tableLabel}
        rows={attempts}
        rowKey={({ attempt }) => attempt}
        rowProps={(one) => ({ className: messageOf(one) === '' ? undefined : 'attempt-with-message' })}
        columns={[
          { name: t.columns.attempt, cell: ({ attempt }) => attempt, isRowHeader: true },
          { name: t.columns.worker, cell: ({ worker }) => worker, className: 'mono nowrap' },
          { name: t.columns.started, cell: ({ startedAt }) => dateTime(startedAt), className: 'nowrap' },
          {
            name: t.columns.duration,
            cell: ({ startedAt, endedAt }) =>
              duration(endedAt == null ? null : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000),
            className: 'nowrap',
          },
          { name: t.columns.outcome, cell: outcomeOf },
        ]}
        detail={(one) =>
          messageOf(one) !== '' && (
            <tr className="attempt-message">
              <td colSpan={5}>{messageOf(one)}</td>
            </tr>
          )
        }
      />
    )}
  </Card>
);

/** How an attempt ended. The service writes "failed: storage", "crashed: exit code 139". */
function outcomeOf({ outcome }: RunAttempt): string {
  if (outcome == null) {
    return t.running;
  }
  const [word = '', detail] = outcome.split(': ', 2);
  const known = outcomes[word] ?? word;
  return detail === undefined ? known : `${known}: ${text.failures[detail] ?? t.crashes[detail] ?? detail}`;
}
