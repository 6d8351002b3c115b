import type { RunDetail } from '../api/types';
import { CurveCards } from './curves/CurveCards';
import { Findings } from './Findings';
import type { RunHistory } from './history/runHistory';
import type { RunStatus } from './history/status';
import { useParentCurves } from './queries';
import { RunFigures } from './RunFigures';

/** The diagnosis, the curves and the key figures of a run. */
export function Overview({ run, status, history }: { run: RunDetail; status: RunStatus; history: RunHistory }) {
  const parent = useParentCurves(run.parent);
  return (
    <div className="overview">
      <Findings run={run} />
      <CurveCards history={history} status={status} parent={parent} />
      <RunFigures run={run} status={status} history={history} parent={parent} />
    </div>
  );
}
