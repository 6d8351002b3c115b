import type { RunState } from '../api/types';
import { Icon, type Shape } from '../design/Icon';
import { text } from '../text/text';
import type { StudyState, TrialState } from './useStudies';

/** The colours are those of the states of runs; an icon per state, so that colour is not the only cue. */
const looks: Record<StudyState | TrialState, readonly [RunState, Shape]> = {
  running: ['running', 'turn'],
  paused: ['paused', 'pause'],
  stopping: ['pausing', 'stop'],
  cancelling: ['pausing', 'stop'],
  completed: ['succeeded', 'check'],
  stopped: ['cancelled', 'stop'],
  cancelled: ['cancelled', 'stop'],
  failed: ['failed', 'cross'],
  infeasible: ['failed', 'warning'],
};

export const StudyBadge = ({ state }: { state: StudyState | TrialState }) => {
  const [color, shape] = looks[state];
  return (
    <span className={`badge badge-${color}`} data-state={state}>
      <Icon shape={shape} />
      {text.studies.states[state]}
    </span>
  );
};
