interface SparklineProps {
  points: readonly { readonly epoch: number; readonly value: number | null }[];
  label: string;
  isBest: boolean;
}

const width = 96;
const height = 22;

/** A curve without axes; its own range. */
export function Sparkline({ points, label, isBest }: SparklineProps) {
  const known = points.flatMap(({ epoch, value }) => (value === null ? [] : [{ epoch, value }]));
  if (known.length < 2) {
    return null;
  }
  const values = known.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [first, last] = [known[0]?.epoch ?? 0, known.at(-1)?.epoch ?? 1];
  const x = (epoch: number) => 2 + ((width - 4) * (epoch - first)) / (last - first);
  const y = (value: number) => height - 3 - (high === low ? 0.5 : (value - low) / (high - low)) * (height - 6);
  return (
    <svg className="sparkline" width={width} height={height} role="img" aria-label={label}>
      <polyline
        points={known.map(({ epoch, value }) => `${x(epoch).toFixed(1)},${y(value).toFixed(1)}`).join(' ')}
        className={isBest ? 'sparkline-best' : undefined}
      />
    </svg>
  );
}
