import type { RunState } from '../api/types';
import { text } from '../text/text';

/** SVG path per state, so that colour is not the only cue. */
const shapes: Record<RunState, string> = {
  queued: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M8 5v3.2l2.2 1.3',
  running: 'M8 2.5a5.5 5.5 0 1 1-5.5 5.5',
  pausing: 'M6 4v8M10 4v8',
  paused: 'M6 4v8M10 4v8',
  succeeded: 'M3 8.5l3.4 3.4L13 5',
  failed: 'M4 4l8 8M12 4l-8 8',
  cancelled: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M4.2 11.8l7.6-7.6',
};

export function StateBadge({ state }: { state: RunState }) {
  return (
    <span className={`badge badge-${state}`} data-state={state}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path
          d={shapes[state]}
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      {text.states[state]}
    </span>
  );
}
