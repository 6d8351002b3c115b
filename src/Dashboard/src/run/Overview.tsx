import type { RunDetail } from '../api/types';
import { Layers } from '../network/Layers';
import { Attempts } from './Attempts';
import { CurveCards } from './curves/CurveCards';
import { Events } from './Events';
import { Findings } from './Findings';
import type { RunHistory } from './history/runHistory';
import type { RunStatus } from './history/status';
import { RunFigures } from './RunFigures';
import { RunNotes } from './RunNotes';
import { Spec } from './Spec';

/** Key figures, diagnosis, curves and details of a run. */
export const Overview = ({ run, status, history }: { run: RunDetail; status: RunStatus; history: RunHistory }) => (
  <>
    <RunFigures run={run} status={status} history={history} />
    <Findings id={run.id} canFork={run.actions.fork.enabled} />
    <CurveCards history={history} status={status} />
    <div className="run-details">
      <div className="stack">
        <Layers layers={run.layers} />
        <Spec spec={run.spec} sha256={run.specSha256} />
      </div>
      <div className="stack">
        <RunNotes run={run} />
        <Events log={history.log} isCatchingUp={status.isCatchingUp} />
        <Attempts attempts={run.attempts} />
      </div>
    </div>
  </>
);
