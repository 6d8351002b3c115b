import { useMemo } from 'react';
import { isTerminal } from '../api/types';
import { type Comparison, fewest, mainMetric } from '../compare/comparison';
import { GoneNotice } from '../compare/GoneNotice';
import { lineStyles } from '../compare/palette';
import { RunPicker } from '../compare/picker/RunPicker';
import { useChosenRuns } from '../compare/useChosenRuns';
import { useComparison } from '../compare/useComparison';
import { addressOf } from '../compare/view';
import { Problem } from '../design/Problem';
import { Skeleton } from '../design/Skeleton';
import { Link } from '../shell/navigation';
import { usePageTitle } from '../shell/usePageTitle';
import { text } from '../text/text';
import { Race } from './Race';
import { racersOf } from './race';
import '../charts/charts.css';
import '../compare/compare.css';
import './replay.css';

const words = text.replay;
/** Racers are placed by it; no other curve is needed. */
const metrics = [mainMetric] as const;

/** Runs raced against each other on one clock. */
export function ReplayPage() {
  const title = usePageTitle(words.title);
  const { runs, setRuns, gone, onGone, closeNotice } = useChosenRuns();
  const { data, error, refetch } = useComparison({ runs, metrics, onGone });
  return (
    <>
      <div className="compare-head">
        <div>
          <h1 ref={title} tabIndex={-1}>
            {words.title}
          </h1>
          <p className="replay-intro">{words.intro}</p>
        </div>
        {runs.length > 0 && (
          <Link className="button button-small" href={addressOf('/compare', runs)}>
            {words.compare}
          </Link>
        )}
      </div>
      <GoneNotice gone={gone} onClose={closeNotice} />
      {runs.length < fewest ? (
        <RunPicker chosen={runs} onChange={setRuns} />
      ) : error !== null && data === undefined ? (
        <Problem title={text.compare.errorTitle} error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <div role="status" aria-label={text.compare.loading} className="compare-cards">
          <Skeleton height={64} />
          <Skeleton height={420} />
        </div>
      ) : (
        <Replay comparison={data} />
      )}
    </>
  );
}

function Replay({ comparison }: { comparison: Comparison }) {
  const racers = useMemo(() => racersOf(comparison), [comparison]);
  const styles = useMemo(() => lineStyles(comparison.runs.map(({ id }) => id)), [comparison]);
  const left = comparison.runs.filter((run) => !racers.some((racer) => racer.run.id === run.id));
  return (
    <>
      {racers.length === 0 ? <p className="message">{words.empty}</p> : <Race racers={racers} styles={styles} />}
      {racers.length > 0 && left.length > 0 && (
        <p className="card-note">{words.untimed(left.map(({ name }) => name).join(', '))}</p>
      )}
      {comparison.runs.some(({ state }) => !isTerminal(state)) && <p className="card-note">{words.unfinished}</p>}
    </>
  );
}
