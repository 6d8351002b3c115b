import { type LineStyle, markerPath } from './lineStyle';

/** A sample of the line with its marker. */
export const Swatch = ({ style }: { style: LineStyle }) => (
  <svg className="line-swatch" viewBox="0 0 30 12" width="30" height="12" aria-hidden="true">
    <line
      x1="0"
      x2="30"
      y1="6"
      y2="6"
      stroke={`var(${style.color})`}
      strokeWidth="2"
      strokeDasharray={style.dash.join(' ')}
    />
    <path d={markerPath(style.marker, 4)} transform="translate(15 6)" fill={`var(${style.color})`} />
  </svg>
);
