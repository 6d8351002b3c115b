import type { DatasetPreview } from '../../api/types';
import { text } from '../../text/text';

const t = text.newRun.preview;
const size = 220;
const margin = 6;

interface PointCloudProps {
  points: DatasetPreview['points'];
  classNames: readonly string[];
}

/** Points by class; those held out for validation are hollow. */
export function PointCloud({ points, classNames }: PointCloudProps) {
  const [x, y] = [rangeOf(points.map((point) => point.x)), rangeOf(points.map((point) => point.y))];
  // One scale for both axes.
  const span = Math.max(x.high - x.low, y.high - y.low) || 1;
  const scale = (size - 2 * margin) / span;
  const place = (value: number, { low, high }: Range) => size / 2 + (value - (low + high) / 2) * scale;
  return (
    <figure className="preview-points">
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t.points(points.length, classNames.length)}>
        {points.map(({ x: right, y: up, label, validation }, index) => (
          <circle
            // biome-ignore lint/suspicious/noArrayIndexKey: the points never move.
            key={index}
            className={`preview-class-${label % 10}${validation ? ' preview-held' : ''}`}
            cx={place(right, x)}
            cy={size - place(up, y)}
            r="2.4"
          />
        ))}
      </svg>
      <figcaption>
        {classNames.map((name, label) => (
          <span key={name}>
            <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
              <circle className={`preview-class-${label % 10}`} cx="5" cy="5" r="4" />
            </svg>
            {t.classOf(name)}
          </span>
        ))}
        <span>
          <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
            <circle className="preview-held preview-class-0" cx="5" cy="5" r="4" />
          </svg>
          {t.heldOut}
        </span>
      </figcaption>
    </figure>
  );
}

interface Range {
  readonly low: number;
  readonly high: number;
}

const rangeOf = (values: readonly number[]): Range => ({
  low: values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY),
  high: values.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY),
});
