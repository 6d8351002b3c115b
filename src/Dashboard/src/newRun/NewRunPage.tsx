import { usePermissions } from '../access/permissions';
import type { Catalog } from '../api/types';
import { Loaded } from '../design/Loaded';
import { PageTitle } from '../design/PageTitle';
import type { Json } from '../json/pointer';
import { useParam, useSearch } from '../navigation/navigation';
import { useCatalog } from '../spec/useCatalog';
import { findTemplate, starterId } from '../templates/templates';
import { text } from '../text/text';
import { SpecForm } from './SpecForm';
import type { StudyDraft } from './study/draft';
import { useLessonStudyStart, useStudyStart } from './study/useStudyStart';
import { type ForkStart, useForkStart } from './useFork';
import { useLessonSpec } from './useLessonSpec';
import './newRun.css';

/**
 * The form for a new run. ?template= chooses its template; ?from= makes it a fork of a run, &fix= with the suggested changes of a finding;
 * ?lesson= starts from the spec of a lesson, of its run &run=, or from its study &study=; ?study= alone starts from a study; ?mode=study makes settings vary.
 */
export function NewRunPage() {
  const [search] = useSearch();
  const from = search.get('from');
  const study = search.get('study');
  const lesson = search.get('lesson');
  const may = usePermissions();
  if (!may.submit) {
    return <NotPermitted />;
  }
  if (lesson !== null && study !== null) {
    return <LessonStudy key={`${lesson} ${study}`} lesson={lesson} study={study} />;
  }
  if (study !== null) {
    return <FromStudy key={study} id={study} />;
  }
  if (lesson !== null) {
    return <LessonRun key={`${lesson} ${search.get('run')}`} lesson={lesson} run={search.get('run')} />;
  }
  return from === null ? (
    <BlankRun />
  ) : (
    <Fork key={`${from} ${search.get('fix')}`} id={from} fix={readFix(search.get('fix'))} />
  );
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

function LessonRun({ lesson, run }: { lesson: string; run: string | null }) {
  const catalog = useCatalog();
  const spec = useLessonSpec(lesson, run);
  return (
    <Page
      catalog={spec.data === undefined ? undefined : catalog.data}
      start={null}
      initial={spec.data ?? {}}
      source={`lesson.${lesson}.${run ?? ''}`}
      error={spec.error ?? catalog.error}
      onRetry={() => Promise.all([spec.refetch(), catalog.refetch()])}
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

const FromStudy = ({ id }: { id: string }) => <StudyStart start={useStudyStart(id)} source={`study.${id}`} />;

const LessonStudy = ({ lesson, study }: { lesson: string; study: string }) => (
  <StudyStart start={useLessonStudyStart(lesson, study)} source={`lesson.${lesson}.${study}`} />
);

function StudyStart({ start, source }: { start: ReturnType<typeof useStudyStart>; source: string }) {
  const catalog = useCatalog();
  const { data, error, refetch } = start;
  return (
    <Page
      catalog={data === undefined ? undefined : catalog.data}
      start={null}
      initial={data?.spec ?? {}}
      {...(data === undefined ? {} : { draft: data.draft, title: text.vary.fromStudy(data.name) })}
      source={source}
      error={error ?? catalog.error}
      onRetry={() => void Promise.all([refetch(), catalog.refetch()])}
    />
  );
}

interface PageProps {
  /** Undefined until everything is loaded. */
  catalog: Catalog | undefined;
  start: ForkStart | null;
  initial: Json;
  /** What varies at first. */
  draft?: StudyDraft;
  title?: string;
  source: string;
  error: Error | null;
  onRetry: () => unknown;
}

function Page({ catalog, start, initial, draft, title, source, error, onRetry }: PageProps) {
  const [mode] = useParam('mode');
  const usual = mode === 'study' ? text.vary.pageTitle : text.newRun.title;
  return (
    <>
      <PageTitle>{start === null ? (title ?? usual) : text.newRun.forkTitle(start.run.name)}</PageTitle>
      <Loaded
        query={{ data: catalog, error, refetch: onRetry }}
        errorTitle={text.newRun.errorTitle}
        heights={[480]}
        label={text.newRun.loading}
      >
        {(data) => (
          <SpecForm
            catalog={data}
            source={source}
            initial={initial}
            {...(draft === undefined ? {} : { draft })}
            {...(start === null ? {} : { fork: start })}
          />
        )}
      </Loaded>
    </>
  );
}
