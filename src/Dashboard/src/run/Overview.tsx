import type { RunDetail } from '../api/types';
import { Attempts } from './Attempts';
import { CurveCards } from './curves/CurveCards';
import { Events } from './Events';
import { Findings } from './Findings';
import { Layers } from './network/Layers';
import { RunFigures } from './RunFigures';
import { RunNotes } from './RunNotes';
import { Spec } from './Spec';
import type { Present } from './view/present';
import type { RunView } from './view/runView';

/** The first view of a run: how it goes, what was found, what it is. */
export const Overview = ({ run, present, view }: { run: RunDetail; present: Present; view: RunView }) => (
  <>
    <RunFigures run={run} present={present} view={view} />
    <Findings id={run.id} canFork={run.actions.fork.enabled} />
    <CurveCards view={view} present={present} />
    <div className="run-details">
      <div>
        <Layers layers={run.layers} />
        <Spec spec={run.spec} sha256={run.specSha256} />
      </div>
      <div>
        <RunNotes run={run} />
        <Events log={view.log} isCatchingUp={present.isCatchingUp} />
        <Attempts attempts={run.attempts} />
      </div>
    </div>
  </>
);
