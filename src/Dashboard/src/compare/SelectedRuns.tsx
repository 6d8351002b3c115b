import { Button } from '../design/Button';
import { Icon } from '../design/Icon';
import { addressOf, Link } from '../navigation/navigation';
import { useRunDetail } from '../run/useRun';
import { text } from '../text/text';
import { type Comparison, minimumRuns } from './comparison';
import { lineStylesOf } from './lineStyle';
import { Swatch } from './Swatch';
import type { DeletedRun } from './useSelectedRuns';

const t = text.compare.selected;

interface ChosenRunsProps {
  runs: readonly string[];
  /** The comparison with those that are loaded. */
  loaded: Comparison | undefined;
  isPicking: boolean;
  onPicking: (isPicking: boolean) => void;
  onChange: (runs: readonly string[]) => void;
}

/** The runs of the comparison, each with its line style, and controls to change the selection. */
export function SelectedRuns({ runs, loaded, isPicking, onPicking, onChange }: ChosenRunsProps) {
  // A single run is not compared: its name is that of its page.
  const single = useRunDetail(runs.length < minimumRuns ? (runs[0] ?? null) : null).data;
  const nameOf = (id: string) => [...(loaded?.runs ?? []), single].find((run) => run?.id === id)?.name ?? id.slice(-8);
  const styles = loaded === undefined ? null : lineStylesOf(loaded).runs;
  return (
    <section className="selected-runs row" aria-label={t.label}>
      <ul className="row">
        {runs.map((id) => {
          const name = nameOf(id);
          const style = styles?.get(id);
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
                <Icon shape="cross" />
              </button>
            </li>
          );
        })}
      </ul>
      {runs.length < minimumRuns && <p>{t.oneMore}</p>}
      <div className="row">
        {runs.length >= minimumRuns && (
          <Button small aria-expanded={isPicking} onClick={() => onPicking(!isPicking)}>
            {isPicking ? t.done : t.add}
          </Button>
        )}
        {runs.length > 1 && (
          <Button small onClick={() => onChange([])}>
            {t.clear}
          </Button>
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
        <Button small onClick={onClose}>
          {text.units.close}
        </Button>
      </div>
    )}
  </div>
);
