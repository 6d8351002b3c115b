import { usePermissions } from '../access/permissions';
import { Button } from '../design/Button';
import { type DataColumn, DataTable } from '../design/DataTable';
import { Link } from '../navigation/navigation';
import { dateTime, duration, integer, percent } from '../text/format';
import { datasetName } from '../text/settings';
import { text } from '../text/text';
import type { HandInEntry, HandInList } from './useHandIns';

const t = text.lessons.handIns;

interface HandInRankingsProps {
  lesson: string;
  list: HandInList;
  /** Null where nothing can be withdrawn. */
  onWithdraw: ((run: string) => void) | null;
  isPending: boolean;
}

/** A ranking for each dataset, and what does not count any more. */
export function HandInRankings({ lesson, list, onWithdraw, isPending }: HandInRankingsProps) {
  const may = usePermissions();
  const datasets = [...new Set(list.items.map(({ dataset }) => dataset))];
  const columns: readonly DataColumn<HandInEntry>[] = [
    { name: '#', isNumber: true, cell: ({ rank }) => rank },
    { name: t.run, isRowHeader: true, cell: (entry) => <RunName entry={entry} /> },
    { name: t.by, cell: ({ owner, handedInBy }) => owner ?? handedInBy ?? text.units.none },
    {
      name: t.validation,
      isNumber: true,
      cell: ({ validationAccuracy }) => percent(validationAccuracy),
    },
    { name: t.test, isNumber: true, cell: (entry) => <Test entry={entry} /> },
    { name: t.points, isNumber: true, cell: ({ held, claims }) => t.held(held, claims) },
    { name: t.epochs, isNumber: true, cell: ({ epochs }) => integer(epochs) },
    { name: t.time, isNumber: true, cell: ({ seconds }) => duration(seconds) },
    {
      name: t.checkpoint,
      cell: ({ checkpointSha256 }) =>
        checkpointSha256 === null ? (
          text.units.none
        ) : (
          <code title={checkpointSha256}>{checkpointSha256.slice(0, 8)}</code>
        ),
    },
    {
      name: t.sheet,
      cell: ({ run, state }) => state !== null && <Link href={`/lessons/${lesson}?run=${run}`}>{t.show}</Link>,
    },
    ...(onWithdraw === null
      ? []
      : [
          {
            name: <span className="visually-hidden">{t.withdraw}</span>,
            cell: ({ run, owner }: HandInEntry) =>
              may.againstChanging([{ createdBy: owner }]) === null && (
                <Button small blocked={isPending} onClick={() => onWithdraw(run)}>
                  {t.withdraw}
                </Button>
              ),
          },
        ]),
  ];
  return (
    <>
      {list.items.length === 0 && <p className="card-note">{t.empty}</p>}
      {datasets.map((dataset) => (
        <section key={dataset} className="lesson-ranking">
          <h3>{t.ranking(datasetName(dataset))}</h3>
          <DataTable
            label={t.ranking(datasetName(dataset))}
            rows={list.items.filter((entry) => entry.dataset === dataset)}
            rowKey={({ run }) => run}
            rowProps={({ run, test }) => ({ 'data-hand-in': run, 'data-test': test })}
            columns={columns}
          />
        </section>
      ))}
      {list.earlier.length > 0 && (
        <details className="more">
          <summary>{t.earlier(list.earlier.length)}</summary>
          <ul className="lesson-earlier">
            {list.earlier.map((entry) => (
              <li key={`${entry.run} ${entry.at}`}>
                <RunName entry={entry} /> · {entry.owner ?? entry.handedInBy ?? text.units.none} ·{' '}
                {datasetName(entry.dataset)} · {percent(entry.validationAccuracy)} ·{' '}
                {t.endings[entry.ending ?? 'withdrawn'](dateTime(entry.endedAt ?? entry.at))}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

const RunName = ({ entry: { run, name, state } }: { entry: HandInEntry }) =>
  state === null ? (
    <>
      {name} <small className="muted">{t.deleted}</small>
    </>
  ) : (
    <Link href={`/runs/${run}`}>{name}</Link>
  );

/** The score, or where its evaluation is; and whether it was known before. */
const Test = ({ entry: { test, testAccuracy, testSeen } }: { entry: HandInEntry }) => (
  <>
    {test === 'measured' ? percent(testAccuracy) : t.tests[test]}
    {testSeen && (
      <small className="lesson-seen" title={t.seenText}>
        {t.seen}
      </small>
    )}
  </>
);
