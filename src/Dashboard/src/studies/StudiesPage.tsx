import { usePermissions } from '../access/permissions';
import { formatMetric, metricLabel } from '../compare/format';
import { Button } from '../design/Button';
import { Card } from '../design/Card';
import { CopyButton } from '../design/CopyButton';
import { DataTable } from '../design/DataTable';
import { Loaded } from '../design/Loaded';
import { PageTitle } from '../design/PageTitle';
import { Link } from '../navigation/navigation';
import { useNow } from '../navigation/useNow';
import { useCatalog } from '../spec/useCatalog';
import { ago, dateTime, integer } from '../text/format';
import { assignmentText } from '../text/settingText';
import { text } from '../text/text';
import { StudyBadge } from './StudyBadge';
import { done, type StudySummary, useStudies } from './useStudies';
import './studies.css';

const t = text.studies;
const command = `curl -H 'Content-Type: application/json' -d @examples/studies/xor-optimizers.json ${globalThis.location.origin}/api/v1/studies`;

/** The list of studies. */
export function StudiesPage() {
  const query = useStudies();
  const may = usePermissions();
  return (
    <>
      <div className="row spread">
        <PageTitle>{t.title}</PageTitle>
        {may.submit && (
          <Link className="button button-primary" href="/new?mode=study">
            {t.newStudy}
          </Link>
        )}
      </div>
      <Loaded query={query} errorTitle={t.errorTitle} heights={[280]} label={t.loading}>
        {({ pages }) => {
          const studies = pages.flatMap(({ items }) => items);
          return studies.length === 0 ? (
            <Welcome />
          ) : (
            <>
              <Studies studies={studies} />
              {query.hasNextPage && <Button onClick={() => void query.fetchNextPage()}>{t.older}</Button>}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function Welcome() {
  return (
    <Card title={t.welcome.title} actions={<CopyButton content={command} label={t.welcome.copy} />}>
      <p>{t.welcome.text}</p>
      <pre className="study-command">
        <code>{command}</code>
      </pre>
    </Card>
  );
}

function Studies({ studies }: { studies: readonly StudySummary[] }) {
  const now = useNow(10_000);
  const { data: catalog } = useCatalog();
  return (
    <section className="card studies-list">
      <DataTable
        label={t.title}
        rows={studies}
        rowKey={({ id }) => id}
        columns={[
          {
            name: t.columns.name,
            isRowHeader: true,
            cell: ({ id, name }) => <Link href={`/studies/${id}`}>{name}</Link>,
          },
          { name: t.columns.state, cell: ({ state }) => <StudyBadge state={state} /> },
          { name: t.columns.method, cell: ({ method, stopping }) => methodText(method, stopping) },
          {
            name: t.columns.trials,
            isNumber: true,
            cell: (study) => `${integer(done(study))} / ${integer(study.trials)}`,
          },
          { name: t.columns.seeds, isNumber: true, cell: ({ seeds }) => integer(seeds) },
          {
            name: t.columns.best,
            isNumber: true,
            title: ({ metric }) => metricLabel(metric),
            cell: ({ best, metric }) => (best === null ? text.units.none : formatMetric(metric, best.value)),
          },
          {
            name: t.columns.setting,
            cell: ({ best }) => (best === null ? text.units.none : assignmentText(best.assignment, catalog)),
          },
          {
            name: t.columns.created,
            title: ({ createdAt }) => dateTime(createdAt),
            cell: ({ createdAt }) => ago(createdAt, now),
          },
        ]}
      />
    </section>
  );
}

export const methodText = (method: StudySummary['method'], stopping: StudySummary['stopping']): string =>
  stopping === null ? t.methods[method] : `${t.methods[method]} + ${t.rules[stopping]}`;
