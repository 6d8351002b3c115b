import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../api/client';
import type { Catalog } from '../api/types';
import { Problem } from '../design/Problem';
import { Skeleton } from '../design/Skeleton';
import { usePageTitle } from '../shell/usePageTitle';
import { text } from '../text/text';
import { starter } from './presets';
import { SpecForm } from './SpecForm';
import './newRun.css';

const useCatalog = () =>
  useQuery({
    queryKey: ['catalog'],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/catalog', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** A form for a new run, made from the catalog. */
export function NewRunPage() {
  const title = usePageTitle(text.newRun.title);
  const { data, error, refetch } = useCatalog();
  return (
    <>
      <div className="page-head">
        <h1 ref={title} tabIndex={-1}>
          {text.newRun.title}
        </h1>
        <p>{text.newRun.intro}</p>
      </div>
      {data !== undefined ? (
        <SpecForm catalog={data as Catalog} source="new" initial={starter} />
      ) : error === null ? (
        <div role="status" aria-label={text.newRun.loading}>
          <Skeleton height={480} />
        </div>
      ) : (
        <Problem title={text.newRun.errorTitle} error={error} onRetry={() => void refetch()} />
      )}
    </>
  );
}
