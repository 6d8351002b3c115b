import type { RunDetail } from '../api/types';
import { CurveCards } from './curves/CurveCards';
import { Findings } from './Findings';
import type { RunHistory } from './history/runHistory';
import type { RunStatus } from './history/status';
import { RunFigures } from './RunFigures';

/** The diagnosis, the curves and the key figures of a run. */
export const Overview = ({ run, status, history }: { run: RunDetail; status: RunStatus; history: RunHistory }) => (
  <div className="overview">
    <Findings run={run} />
    <CurveCards history={history} status={status} />
    <RunFigures run={run} status={status} history={history} />
  </div>
);
