import { useMemo } from 'react';
import { isTerminal } from '../api/types';
import { type Comparison, mainMetric, minimumRuns } from '../compare/comparison';
import { lineStylesOf } from '../compare/lineStyle';
import { RunPicker } from '../compare/RunPicker';
import { DeletedNotice } from '../compare/SelectedRuns';
import { useComparison } from '../compare/useComparison';
import { useSelectedRuns } from '../compare/useSelectedRuns';
import { Loaded } from '../design/Loaded';
import { PageTitle } from '../design/PageTitle';
import { addressOf, Link } from '../navigation/navigation';
import { text } from '../text/text';
import { Race } from './Race';
import { racersOf } from './race';
import '../charts/charts.css';
import '../compare/compare.css';
import './replay.css';

const t = text.replay;
/** Runs are ranked by it; no other curve is needed. */
const metrics = [mainMetric] as const;

/** A race of runs over training time. */
export function ReplayPage() {
  const { runs, setRuns, deleted, onDeleted, closeNotice } = useSelectedRuns();
  const query = useComparison({ runs, metrics, onDeleted });
  return (
    <>
      <div className="row spread">
        <div>
          <PageTitle>{t.title}</PageTitle>
          <p className="muted">{t.intro}</p>
        </div>
        {runs.length > 0 && (
          <Link className="button button-small" href={addressOf('/compare', runs)}>
            {t.compare}
          </Link>
        )}
      </div>
      <DeletedNotice deleted={deleted} onClose={closeNotice} />
      {runs.length < minimumRuns ? (
        <RunPicker selected={runs} onChange={setRuns} />
      ) : (
        <Loaded
          query={query}
          errorTitle={text.compare.errorTitle}
          heights={[64, 420]}
          label={text.compare.loading}
          className="stack"
        >
          {(comparison) => <Replay comparison={comparison} />}
        </Loaded>
      )}
    </>
  );
}

function Replay({ comparison }: { comparison: Comparison }) {
  const racers = useMemo(() => racersOf(comparison), [comparison]);
  const styles = useMemo(() => lineStylesOf(comparison).runs, [comparison]);
  const omitted = comparison.runs.filter((run) => !racers.some((racer) => racer.run.id === run.id));
  return (
    <>
      {racers.length === 0 ? <p className="message">{t.empty}</p> : <Race racers={racers} styles={styles} />}
      {racers.length > 0 && omitted.length > 0 && (
        <p className="card-note">{t.omitted(omitted.map(({ name }) => name).join(', '))}</p>
      )}
      {comparison.runs.some(({ state }) => !isTerminal(state)) && <p className="card-note">{t.unfinished}</p>}
    </>
  );
}
