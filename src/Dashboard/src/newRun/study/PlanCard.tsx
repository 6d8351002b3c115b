import type { Catalog } from '../../api/types';
import { Card } from '../../design/Card';
import { DataTable } from '../../design/DataTable';
import { duration, integer, short } from '../../text/format';
import { findingMessage } from '../../text/serverMessages';
import { assignmentText, settingText } from '../../text/settingText';
import { text } from '../../text/text';
import type { StudyDraft } from './draft';
import type { StudyCheck } from './useStudyCheck';

const t = text.vary.plan;
const mostListed = 5;

interface PlanCardProps {
  check: StudyCheck;
  draft: StudyDraft;
  catalog: Catalog;
}

/** What the study would do: its runs, its cost, the combinations that are not valid, and its first trials. */
export function PlanCard({ check, draft, catalog }: PlanCardProps) {
  const { infeasible, first } = check;
  return (
    <Card title={t.title} className="plan">
      <p>
        {t.runs(integer(check.trials), seedsOf(check), integer(check.runs))} {t.cost(short(check.flops))}{' '}
        {check.expectedSeconds === null
          ? text.newRun.timeUnknown
          : t.time(duration(planSeconds(check)), integer(check.parallelism))}
        {draft.stopping !== null && ` ${t.lessByStopping}`}
      </p>
      {infeasible.length > 0 && (
        <div className="finding finding-warning">
          <p>{t.infeasible(infeasible.length)}</p>
          <ul>
            {infeasible.slice(0, mostListed).map(({ number, assignment, findings: [finding] }) => (
              <li key={number}>
                <b>{assignmentText(assignment, catalog)}</b>
                {finding !== undefined && `: ${findingMessage(finding)}`}
              </li>
            ))}
            {infeasible.length > mostListed && <li>{text.newRun.more(infeasible.length - mostListed)}</li>}
          </ul>
        </div>
      )}
      <details>
        <summary>{t.first(first.length)}</summary>
        <DataTable
          label={t.first(first.length)}
          rows={first}
          rowKey={({ number }) => number}
          columns={[
            { name: '#', isNumber: true, isRowHeader: true, cell: ({ number }) => number },
            ...draft.parameters.map(({ name }) => ({
              name,
              cell: ({ assignment }: StudyCheck['first'][number]) =>
                name in assignment ? settingText(assignment[name], catalog) : text.units.none,
            })),
          ]}
        />
      </details>
    </Card>
  );
}

const seedsOf = ({ runs, trials }: StudyCheck): string => integer(trials === 0 ? 0 : runs / trials);

/** Of all runs, as many at a time as the study trains. */
export const planSeconds = ({ expectedSeconds, parallelism, runs }: StudyCheck): number | null =>
  expectedSeconds === null ? null : expectedSeconds / Math.max(1, Math.min(parallelism, runs));
