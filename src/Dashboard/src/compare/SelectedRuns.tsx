import { Link } from '../navigation/navigation';
import { text } from '../text/text';
import { type ComparedRun, minimumRuns } from './comparison';
import { lineStyles } from './lineStyle';
import { Swatch } from './Swatch';
import type { DeletedRun } from './useSelectedRuns';
import { addressOf } from './view';

const t = text.compare.selected;

interface ChosenRunsProps {
  runs: readonly string[];
  /** Those that are loaded. */
  loaded: readonly ComparedRun[];
  isPicking: boolean;
  onPicking: (isPicking: boolean) => void;
  onChange: (runs: readonly string[]) => void;
}

/** The runs of the comparison, each with its line style, and controls to change the selection. */
export function SelectedRuns({ runs, loaded, isPicking, onPicking, onChange }: ChosenRunsProps) {
  const styles = lineStyles(runs);
  return (
    <section className="selected-runs" aria-label={t.label}>
      <ul>
        {runs.map((id) => {
          const name = loaded.find((run) => run.id === id)?.name ?? id.slice(-8);
          const style = styles.get(id);
          return (
            <li key={id}>
              {style !== undefined && <Swatch style={style} />}
              <Link href={`/runs/${id}`} title={name}>
                {name}
              </Link>
              <button
                type="button"
                aria-label={t.remove(name)}
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
      {runs.length < minimumRuns && <p>{t.oneMore}</p>}
      <div className="selected-runs-actions">
        {runs.length >= minimumRuns && (
          <button
            type="button"
            className="button button-small"
            aria-expanded={isPicking}
            onClick={() => onPicking(!isPicking)}
          >
            {isPicking ? t.done : t.add}
          </button>
        )}
        {runs.length > 1 && (
          <button type="button" className="button button-small" onClick={() => onChange([])}>
            {t.clear}
          </button>
        )}
        {runs.length >= minimumRuns && (
          <Link className="button button-small" href={addressOf('/replay', runs)}>
            {t.replay}
          </Link>
        )}
      </div>
    </section>
  );
}

/** Lists the runs that left the comparison because they were deleted. */
export const DeletedNotice = ({ deleted, onClose }: { deleted: readonly DeletedRun[]; onClose: () => void }) => (
  <div role="status">
    {deleted.length > 0 && (
      <div className="message deleted-notice">
        <p>{text.compare.deleted(deleted.map(({ name }) => name).join(', '))}</p>
        <button type="button" className="button button-small" onClick={onClose}>
          {text.units.close}
        </button>
      </div>
    )}
  </div>
);
