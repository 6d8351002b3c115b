import type { ReactNode } from 'react';
import { ApiError } from '../api/problem';
import type { RunDetail } from '../api/types';
import { Loaded } from '../design/Loaded';
import { PageTitle } from '../design/PageTitle';
import { Link } from '../navigation/navigation';
import { text } from '../text/text';
import { useRunDetail } from './useRun';
import './run.css';

interface WithRunProps {
  id: string;
  /** error: Why the newest request for the run failed; null when it did not. */
  children: (run: RunDetail, error: Error | null) => ReactNode;
}

/** A page about a run: placeholders until it is loaded, and what to do where there is none. */
export function WithRun({ id, children }: WithRunProps) {
  const query = useRunDetail(id);
  const { data, error } = query;
  const isUnknown = error instanceof ApiError && (error.problem.status === 404 || error.problem.status === 400);
  return data === undefined && isUnknown ? (
    <MissingRun />
  ) : (
    <Loaded
      query={query}
      errorTitle={text.run.errorTitle}
      heights={[64, 40, 400]}
      label={text.run.loading}
      className="stack"
    >
      {(run) => children(run, error)}
    </Loaded>
  );
}

const MissingRun = () => (
  <div className="message">
    <PageTitle>{text.run.notFoundTitle}</PageTitle>
    <p>{text.run.notFoundText}</p>
    <Link className="button" href="/runs">
      {text.run.back}
    </Link>
  </div>
);
