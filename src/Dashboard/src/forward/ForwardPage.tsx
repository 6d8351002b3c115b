import { useMemo } from 'react';
import { isTerminal, type RunDetail } from '../api/types';
import { runStatus } from '../run/history/status';
import { RunHeader } from '../run/RunHeader';
import { RunTabs } from '../run/RunTabs';
import { useRunHistory } from '../run/useRun';
import { WithRun } from '../run/WithRun';
import { ForwardView } from './ForwardView';
import '../labs/labs.css';
import './forward.css';

/** A look inside the forward pass of a run's network. */
export const ForwardPage = ({ id }: { id: string }) => <WithRun id={id}>{(run) => <LoadedRun run={run} />}</WithRun>;

function LoadedRun({ run }: { run: RunDetail }) {
  const history = useRunHistory(run.id, isTerminal(run.state));
  const status = useMemo(() => runStatus(run, history), [run, history]);
  return (
    <>
      <RunHeader run={run} status={status} history={history} />
      <RunTabs run={run} current="forward" />
      <ForwardView run={run} />
    </>
  );
}
