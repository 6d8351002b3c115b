import type { RunSummary } from '../api/types';
import { percent } from '../text/format';
import { text } from '../text/text';

const width = 72;
const height = 20;
/** Smaller differences look small. */
const minimumSpan = 0.02;

/** The path of a curve in a box; gaps where a value is missing. */
export function sparkline(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  const low = Math.min(...known);
  const span = Math.max(Math.max(...known) - low, minimumSpan);
  let isDown = false;
  return values
    .map((value, index) => {
      if (value === null) {
        isDown = false;
        return '';
      }
      const x = values.length === 1 ? width / 2 : 1 + (index / (values.length - 1)) * (width - 2);
      const y = 2 + (1 - (value - low) / span) * (height - 4);
      const command = isDown ? 'L' : 'M';
      isDown = true;
      return `${command}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}

/** The validation accuracy of a run over its epochs, without axes. */
export function Sparkline({ run }: { run: Pick<RunSummary, 'trend' | 'validationAccuracy'> }) {
  // The latest epoch is seldom one of those in the trend.
  const last = run.trend.at(-1);
  const values =
    run.validationAccuracy === null || (last != null && Math.abs(last - run.validationAccuracy) < 1e-6)
      ? run.trend
      : [...run.trend, run.validationAccuracy];
  const known = values.filter((value) => value !== null);
  return known.length < 2 ? (
    text.units.none
  ) : (
    <svg
      className="sparkline"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={text.runs.trendFromTo(percent(known[0]), percent(known.at(-1)))}
    >
      <path d={sparkline(values)} />
    </svg>
  );
}
