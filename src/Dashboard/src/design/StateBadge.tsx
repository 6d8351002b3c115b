import type { RunState } from '../api/types';
import { text } from '../text/text';
import { Icon, type Shape } from './Icon';

/** An icon per state, so that colour is not the only cue. */
const shapes: Record<RunState, Shape> = {
  queued: 'clock',
  running: 'turn',
  pausing: 'pause',
  paused: 'pause',
  succeeded: 'check',
  failed: 'cross',
  cancelled: 'stop',
};

export const StateBadge = ({ state }: { state: RunState }) => (
  <span className={`badge badge-${state}`} data-state={state}>
    <Icon shape={shapes[state]} />
    {text.states[state]}
  </span>
);
