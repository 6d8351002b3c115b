import { classes } from '../design/classes';
import { brief } from '../text/format';
import { forwardText } from '../text/forward';
import { inkOf, valueColor } from './pictures';

const t = forwardText.unit.window;

interface NumberGridProps {
  caption: string;
  /** Cells of a row. */
  side: number;
  /** The largest magnitude, which has the strongest colour. */
  scale: number;
  cells: readonly { readonly value: number; readonly isPadding?: boolean; readonly isMarked?: boolean }[];
}

/** Numbers of a window on their colours. */
export const NumberGrid = ({ caption, side, scale, cells }: NumberGridProps) => (
  <figure className="forward-numbers">
    <div style={{ gridTemplateColumns: `repeat(${side}, minmax(0, 1fr))` }}>
      {cells.map(({ value, isPadding = false, isMarked = false }, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place.
          key={index}
          className={classes(isPadding && 'is-padding', isMarked && 'is-marked')}
          title={isPadding ? t.padding : isMarked ? t.largest : undefined}
          style={isPadding ? undefined : { background: valueColor(value, scale), color: inkOf(value, scale) }}
        >
          {brief(value)}
          {isPadding && <span className="visually-hidden"> ({t.padding})</span>}
          {isMarked && <span className="visually-hidden"> ({t.largest})</span>}
        </span>
      ))}
    </div>
    <figcaption>{caption}</figcaption>
  </figure>
);
