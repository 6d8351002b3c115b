import { isTerminal, type RunDetail } from '../api/types';
import { FilmCard, useFilm } from './boundary/FilmCard';
import { CurveCards } from './curves/CurveCards';
import { Findings } from './Findings';
import type { RunHistory } from './history/runHistory';
import type { RunStatus } from './history/status';
import { PredictionStrip } from './predictions/PredictionStrip';
import { useParent } from './queries';
import { RunFigures } from './RunFigures';
import { hasBoundary } from './RunTabs';

/** The diagnosis, the curves and the key figures of a run; for points of a plane also the film of its decision boundary, for images predictions. */
export function Overview({ run, status, history }: { run: RunDetail; status: RunStatus; history: RunHistory }) {
  const parent = useParent(run);
  const film = useFilm(hasBoundary(run) ? run.id : null, isTerminal(status.state));
  return (
    <div className="overview">
      <Findings run={run} />
      <div className="overview-curves stack">
        <CurveCards
          history={history}
          status={status}
          parent={parent?.curves}
          film={film === null ? null : <FilmCard film={film} />}
          markedEpoch={film?.epoch ?? null}
        />
        <PredictionStrip run={run} history={history} />
      </div>
      <RunFigures run={run} status={status} history={history} parent={parent} />
    </div>
  );
}
