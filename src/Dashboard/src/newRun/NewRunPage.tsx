import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { answered, api } from '../api/client';
import { Problem } from '../design/Problem';
import { Skeleton } from '../design/Skeleton';
import { useSearch } from '../shell/navigation';
import { usePageTitle } from '../shell/usePageTitle';
import { catalogWords, explainedIn } from '../text/catalog';
import { text } from '../text/text';
import { starter } from './presets';
import { SpecForm } from './SpecForm';
import { useForkStart } from './useFork';
import './newRun.css';

const useCatalog = () =>
  useQuery({
    queryKey: ['catalog'],
    queryFn: async ({ signal }) => {
      const [catalog, words] = await Promise.all([answered(api.GET('/api/v1/catalog', { signal })), catalogWords()]);
      return words === null ? catalog : explainedIn(words, catalog);
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

/** A form for a new run, made from the catalog; with ?from= for a fork of a run, and &fix= for one that follows a finding. */
export function NewRunPage() {
  const [search] = useSearch();
  const from = search.get('from');
  return from === null ? <BlankRun /> : <Fork key={search.toString()} id={from} fix={readFix(search.get('fix'))} />;
}

const readFix = (value: string | null): number | null => (value !== null && /^\d+$/.test(value) ? Number(value) : null);

function BlankRun() {
  const { data, error, refetch } = useCatalog();
  return (
    <Frame title={text.newRun.title} error={error} onRetry={() => void refetch()}>
      {data !== undefined && <SpecForm catalog={data} source="new" initial={starter} />}
    </Frame>
  );
}

function Fork({ id, fix }: { id: string; fix: number | null }) {
  const catalog = useCatalog();
  const { start, error, retry } = useForkStart(id, fix);
  const isReady = catalog.data !== undefined && start !== null;
  return (
    <Frame
      title={start === null ? text.newRun.title : text.newRun.forkTitle(start.run.name)}
      error={error ?? catalog.error}
      onRetry={retry}
    >
      {isReady && (
        <SpecForm catalog={catalog.data} source={`${id}.${fix ?? ''}`} initial={start.initial} fork={start} />
      )}
    </Frame>
  );
}

interface FrameProps {
  title: string;
  error: Error | null;
  onRetry: () => void;
  /** False while it is loading. */
  children: ReactNode;
}

function Frame({ title, error, onRetry, children }: FrameProps) {
  const heading = usePageTitle(title);
  return (
    <>
      <div className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p>{text.newRun.intro}</p>
      </div>
      {children !== false ? (
        children
      ) : error === null ? (
        <div role="status" aria-label={text.newRun.loading}>
          <Skeleton height={480} />
        </div>
      ) : (
        <Problem title={text.newRun.errorTitle} error={error} onRetry={onRetry} />
      )}
    </>
  );
}
