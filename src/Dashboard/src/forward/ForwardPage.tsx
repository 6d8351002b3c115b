import { RunTabs } from '../run/RunTabs';
import { WithRun } from '../run/WithRun';
import { ForwardView } from './ForwardView';
import '../labs/labs.css';
import './forward.css';

/** A look inside the forward pass of a run's network. */
export const ForwardPage = ({ id }: { id: string }) => (
  <WithRun id={id}>
    {({ run }) => (
      <>
        <RunTabs run={run} current="forward" />
        <ForwardView run={run} />
      </>
    )}
  </WithRun>
);
