import type { RunState } from '../api/types';
import { wholePercent } from '../text/format';

interface ProgressBarProps {
  /** 0 to 1. */
  value: number;
  label: string;
  state: RunState;
}

export function ProgressBar({ value, label, state }: ProgressBarProps) {
  const share = Math.min(Math.max(value, 0), 1);
  return (
    <div
      className={`progress badge-${state}`}
      role="progressbar"
      aria-label={label}
      aria-valuenow={Math.round(share * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={wholePercent(share)}
    >
      <span style={{ width: `${share * 100}%` }} />
    </div>
  );
}
