import type { Catalog } from '../api/types';
import { formatMetric, formatStd, metricLabel } from '../compare/format';
import { Button } from '../design/Button';
import { Card } from '../design/Card';
import { type DataColumn, DataTable } from '../design/DataTable';
import { Link, useParam } from '../navigation/navigation';
import { humanize } from '../text/labels';
import { settingText } from '../text/settingText';
import { text } from '../text/text';
import { problemText } from './problemText';
import { Sparkline } from './Sparkline';
import { StudyBadge } from './StudyBadge';
import type { StudyDetail, TrialEntry } from './useStudies';

const t = text.studies;
const firstRows = 15;

interface TrialsCardProps {
  study: StudyDetail;
  trials: readonly TrialEntry[];
  /** Ids of the trials within the ranges of the parallel coordinates; null without a range. */
  inside: ReadonlySet<string> | null;
  catalog: Catalog | undefined;
}

/** The trials: the best first, or in their order. */
export function TrialsCard({ study, trials, inside, catalog }: TrialsCardProps) {
  const [order, setOrder] = useParam('order');
  const [shownRows, setShownRows] = useParam('rows');
  const isAll = shownRows === 'all';
  const rows = sorted(
    trials.filter(({ number }) => inside === null || inside.has(String(number))),
    study,
    order === 'number',
  );
  const best = study.best?.number;
  const columns: DataColumn<TrialEntry>[] = [
    {
      name: '#',
      isNumber: true,
      isRowHeader: true,
      cell: (trial) => <TrialNumber trial={trial} isBest={trial.number === best} />,
    },
    {
      name: t.columns.state,
      cell: ({ state }) => <StudyBadge state={state} />,
      title: ({ problem }) => (problem === null ? '' : problemText(problem)),
    },
    ...study.definition.parameters.map(({ name, kind }) => ({
      name,
      isNumber: kind !== 'categorical',
      cell: ({ assignment }: TrialEntry) =>
        name in assignment ? (
          <span className="study-value">{settingText(assignment[name], catalog)}</span>
        ) : (
          <span className="muted">{text.units.none}</span>
        ),
    })),
    { name: metricLabel(study.metric), isNumber: true, cell: (trial) => score(study, trial) },
    {
      name: t.columns.curve,
      cell: ({ curve, number }) =>
        curve === null ? null : <Sparkline points={curve} label={t.curveOf(number)} isBest={number === best} />,
    },
    {
      name: t.columns.findings,
      title: diagnosisOf,
      cell: (trial) => <span className="study-value">{diagnosisOf(trial)}</span>,
    },
    ...(study.seeds === 1 ? [] : [runsColumn]),
  ];
  return (
    <Card
      title={t.trials.title}
      actions={
        <>
          <Button small onClick={() => setOrder(order === 'number' ? null : 'number')}>
            {order === 'number' ? t.trials.bestFirst : t.trials.inOrder}
          </Button>
          <a
            className="button button-small"
            href={`/api/v1/studies/${study.id}/trials.csv`}
            download={`${study.name}.csv`}
          >
            CSV
          </a>
          <a
            className="button button-small"
            href={`/api/v1/studies/${study.id}/trials`}
            download={`${study.name}.json`}
          >
            JSON
          </a>
        </>
      }
    >
      <DataTable
        label={t.trials.title}
        rows={isAll ? rows : rows.slice(0, firstRows)}
        rowKey={({ number }) => number}
        rowProps={({ number }) => ({ className: number === best ? 'study-best' : undefined })}
        columns={columns}
        tableClassName="trials"
      />
      {rows.length > firstRows && (
        <p className="study-more">
          <Button small onClick={() => setShownRows(isAll ? null : 'all')}>
            {isAll ? t.trials.fewer : t.trials.all(rows.length)}
          </Button>
        </p>
      )}
    </Card>
  );
}

/** What was found in the runs of a trial, or why there are none. */
const diagnosisOf = ({ findings, problem }: TrialEntry): string =>
  findings.length > 0
    ? findings.map((rule) => text.findings.rules[rule] ?? humanize(rule)).join(', ')
    : problem === null
      ? text.units.none
      : problemText(problem);

/** The run of each seed. */
const runsColumn: DataColumn<TrialEntry> = {
  name: t.columns.runs,
  cell: ({ runs }) =>
    runs.map(({ id, seed, state }, index) => (
      <span key={id}>
        {index > 0 && ' '}
        <Link href={`/runs/${id}`} title={text.states[state]}>
          {t.seed(seed)}
        </Link>
      </span>
    )),
};

/** The number of a trial, which leads to its run where it has one. */
function TrialNumber({ trial: { number, runs }, isBest }: { trial: TrialEntry; isBest: boolean }) {
  const [run, ...more] = runs;
  const shown = isBest ? `★ ${number}` : number;
  return run === undefined || more.length > 0 ? shown : <Link href={`/runs/${run.id}`}>{shown}</Link>;
}

/** Mean and standard deviation over seeds; of a trial that goes on, what it has reached so far. */
function score({ metric }: StudyDetail, { value, deviation, curve }: TrialEntry): string {
  const mean = formatMetric(metric, value ?? curve?.at(-1)?.value);
  return deviation === null || value === null ? mean : `${mean} ± ${formatStd(metric, deviation)}`;
}

function sorted(trials: readonly TrialEntry[], { goal }: StudyDetail, byNumber: boolean): readonly TrialEntry[] {
  if (byNumber) {
    return trials;
  }
  const sign = goal === 'minimize' ? 1 : -1;
  const rank = ({ state }: TrialEntry) => (state === 'completed' ? 0 : state === 'running' ? 1 : 2);
  return trials.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      Number(a.value === null) - Number(b.value === null) ||
      sign * ((a.value ?? 0) - (b.value ?? 0)) ||
      a.number - b.number,
  );
}
