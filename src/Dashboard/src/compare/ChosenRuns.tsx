import { Link } from '../shell/navigation';
import { text } from '../text/text';
import { type ComparedRun, fewest } from './comparison';
import { lineStyles } from './palette';
import { Swatch } from './parts/Swatch';
import { addressOf } from './view';

const words = text.compare.chosen;

interface ChosenRunsProps {
  runs: readonly string[];
  /** What is known of them. */
  known: readonly ComparedRun[];
  isPicking: boolean;
  onPicking: (isPicking: boolean) => void;
  onChange: (runs: readonly string[]) => void;
}

/** The runs of the comparison, each with its sign, and the ways to change the choice. */
export function ChosenRuns({ runs, known, isPicking, onPicking, onChange }: ChosenRunsProps) {
  const styles = lineStyles(runs);
  return (
    <section className="chosen" aria-label={words.label}>
      <ul>
        {runs.map((id) => {
          const name = known.find((run) => run.id === id)?.name ?? id.slice(-8);
          const style = styles.get(id);
          return (
            <li key={id}>
              {style !== undefined && <Swatch style={style} />}
              <Link href={`/runs/${id}`} title={name}>
                {name}
              </Link>
              <button
                type="button"
                aria-label={words.remove(name)}
                onClick={() => onChange(runs.filter((other) => other !== id))}
              >
                <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
                  <path d="M2.5 2.5l7 7M9.5 2.5l-7 7" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
                </svg>
              </button>
            </li>
          );
        })}
      </ul>
      {runs.length < fewest && <p>{words.oneMore}</p>}
      <div className="chosen-actions">
        {runs.length >= fewest && (
          <button
            type="button"
            className="button button-small"
            aria-expanded={isPicking}
            onClick={() => onPicking(!isPicking)}
          >
            {isPicking ? words.done : words.add}
          </button>
        )}
        {runs.length > 1 && (
          <button type="button" className="button button-small" onClick={() => onChange([])}>
            {words.clear}
          </button>
        )}
        {runs.length >= fewest && (
          <Link className="button button-small" href={addressOf('/replay', runs)}>
            {words.replay}
          </Link>
        )}
      </div>
    </section>
  );
}
