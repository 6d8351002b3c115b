import { text } from '../../text/text';
import { Swatch } from '../Swatch';
import type { Owner } from './lines';

interface LegendProps {
  owners: readonly Owner[];
  hidden: ReadonlySet<string>;
  onToggle: (id: string) => void;
  /** Shift-click shows this curve alone; another one shows all. */
  onOnly: (id: string) => void;
  onAll: () => void;
}

/** The curves by name; a click toggles one. */
export function Legend({ owners, hidden, onToggle, onOnly, onAll }: LegendProps) {
  const isAlone = (id: string) => hidden.size === owners.length - 1 && !hidden.has(id);
  return (
    <ul className="chart-legend compare-legend row" aria-label={text.compare.curves.legend}>
      {owners.map(({ id, name, style }) => (
        <li key={id}>
          <button
            type="button"
            aria-pressed={!hidden.has(id)}
            onClick={(event) => (event.shiftKey ? (isAlone(id) ? onAll() : onOnly(id)) : onToggle(id))}
          >
            <Swatch style={style} />
            <span>{name}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
