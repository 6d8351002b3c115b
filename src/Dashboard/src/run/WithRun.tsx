import { type ReactNode, useEffect, useMemo } from 'react';
import { isUnknown } from '../api/problem';
import { isTerminal, type RunDetail } from '../api/types';
import { DeletedNote, Missing } from '../design/Gone';
import { Loaded } from '../design/Loaded';
import { watchRun } from '../live/watchedRuns';
import { text } from '../text/text';
import { type RunTabProps, runStatus } from './history/status';
import { RunHeader } from './RunHeader';
import { asDeleted, useDeleted } from './useDeleted';
import { useRunDetail, useRunHistory } from './useRun';
import './run.css';

const t = text.run;

interface WithRunProps {
  id: string;
  children: (parts: RunTabProps) => ReactNode;
}

/** A page about a run, below its header: placeholders until it is loaded, and what to do where there is none. */
export function WithRun({ id, children }: WithRunProps) {
  const query = useRunDetail(id);
  const { data, error } = query;
  return data === undefined && isUnknown(error) ? (
    <Missing title={t.notFoundTitle} text={t.notFoundText} href="/runs" back={t.back} />
  ) : (
    <Loaded query={query} errorTitle={t.errorTitle} heights={[64, 40, 400]} label={t.loading} className="stack">
      {(run) => (
        <FollowedRun known={run} error={error}>
          {children}
        </FollowedRun>
      )}
    </Loaded>
  );
}

interface FollowedRunProps extends Omit<WithRunProps, 'id'> {
  known: RunDetail;
  /** Why the newest request for the run failed; null when it did not. */
  error: Error | null;
}

/** The run, live, until it is deleted. */
function FollowedRun({ known, error, children }: FollowedRunProps) {
  const isDeleted = useDeleted(known.id, error);
  const run = useMemo(() => (isDeleted ? asDeleted(known) : known), [isDeleted, known]);
  const history = useRunHistory(run.id, isTerminal(run.state));
  const status = useMemo(() => runStatus(run, history), [run, history]);
  const isOpen = !isTerminal(status.state);
  useEffect(() => {
    if (isOpen) {
      watchRun(known.id);
    }
  }, [isOpen, known.id]);
  return (
    <>
      <RunHeader run={run} status={status} history={history} />
      {isDeleted && <DeletedNote title={t.deletedTitle} text={t.deletedText} />}
      {children({ run, status, history })}
    </>
  );
}
