import { useQuery } from '@tanstack/react-query';
import { usePermissions } from '../access/permissions';
import { api, unwrap } from '../api/client';
import type { Catalog } from '../api/types';
import { Loaded } from '../design/Loaded';
import { PageTitle } from '../design/PageTitle';
import type { Json } from '../json/pointer';
import { useSearch } from '../navigation/navigation';
import { findTemplate, starterId } from '../templates/templates';
import { loadCatalogTranslation, translateCatalog } from '../text/catalog';
import { text } from '../text/text';
import { SpecForm } from './SpecForm';
import { type ForkStart, useForkStart } from './useFork';
import './newRun.css';

const useCatalog = () =>
  useQuery({
    queryKey: ['catalog'],
    queryFn: async ({ signal }) => {
      const [catalog, translation] = await Promise.all([
        unwrap(api.GET('/api/v1/catalog', { signal })),
        loadCatalogTranslation(),
      ]);
      return translation === null ? catalog : translateCatalog(translation, catalog);
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The form for a new run. ?template= chooses its template; ?from= makes it a fork of a run, &fix= with the suggested changes of a finding. */
export function NewRunPage() {
  const [search] = useSearch();
  const from = search.get('from');
  const may = usePermissions();
  if (!may.submit) {
    return <NotPermitted />;
  }
  return from === null ? <BlankRun /> : <Fork key={search.toString()} id={from} fix={readFix(search.get('fix'))} />;
}

const NotPermitted = () => (
  <div>
    <PageTitle>{text.newRun.title}</PageTitle>
    <p className="muted">{text.access.readOnly}</p>
  </div>
);

const readFix = (value: string | null): number | null => (value !== null && /^\d+$/.test(value) ? Number(value) : null);

function BlankRun() {
  const { data, error, refetch } = useCatalog();
  const [search] = useSearch();
  const template = findTemplate(search.get('template'));
  return (
    <Page
      catalog={data}
      start={null}
      initial={(template ?? findTemplate(starterId))?.spec ?? {}}
      source={template === undefined ? 'new' : `new.${template.id}`}
      error={error}
      onRetry={refetch}
    />
  );
}

function Fork({ id, fix }: { id: string; fix: number | null }) {
  const catalog = useCatalog();
  const { start, error, retry } = useForkStart(id, fix);
  return (
    <Page
      catalog={start === null ? undefined : catalog.data}
      start={start}
      initial={start?.initial ?? {}}
      source={`${id}.${fix ?? ''}`}
      error={error ?? catalog.error}
      onRetry={retry}
    />
  );
}

interface PageProps {
  /** Undefined until everything is loaded. */
  catalog: Catalog | undefined;
  start: ForkStart | null;
  initial: Json;
  source: string;
  error: Error | null;
  onRetry: () => unknown;
}

function Page({ catalog, start, initial, source, error, onRetry }: PageProps) {
  return (
    <>
      <PageTitle>{start === null ? text.newRun.title : text.newRun.forkTitle(start.run.name)}</PageTitle>
      <Loaded
        query={{ data: catalog, error, refetch: onRetry }}
        errorTitle={text.newRun.errorTitle}
        heights={[480]}
        label={text.newRun.loading}
      >
        {(data) => (
          <SpecForm catalog={data} source={source} initial={initial} {...(start === null ? {} : { fork: start })} />
        )}
      </Loaded>
    </>
  );
}
