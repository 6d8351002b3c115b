import { useMemo } from 'react';
import { isTerminal } from '../api/types';
import { LineChart } from '../charts/LineChart';
import { Choice } from '../design/Choice';
import { useSearch } from '../shell/navigation';
import { loss, percent, percentTick, tick } from '../text/format';
import { text } from '../text/text';
import { curvesOf, epochAxisEnd } from './curves';
import type { Present } from './view/present';
import { bestEpoch, type RunView } from './view/runView';

interface CurveCardProps {
  view: RunView;
  present: Present;
}

const formatEpoch = (value: number): string => `${text.charts.epoch} ${Number(value.toFixed(2))}`;
const viewOptions = [
  { value: 'curve', label: text.charts.asChart },
  { value: 'table', label: text.charts.asTable },
] as const;

/** Whether a card shows its curve or its numbers; kept in the address. */
function useCardView(card: string): ['curve' | 'table', (view: 'curve' | 'table') => void] {
  const [search, update] = useSearch();
  const view = search.get(card) === 'table' ? 'table' : 'curve';
  return [view, (next) => update((params) => (next === 'table' ? params.set(card, next) : params.delete(card)))];
}

export function LossCard({ view, present }: CurveCardProps) {
  const [shown, show] = useCardView('loss');
  const [search, update] = useSearch();
  const isLog = search.get('loss-scale') === 'log';
  const series = useMemo(() => curvesOf(view, 'loss'), [view]);
  return (
    <section className="card" aria-labelledby="loss-title">
      <div className="card-head">
        <h2 id="loss-title">{text.charts.loss}</h2>
        <div className="card-actions">
          <button
            type="button"
            className="chip"
            aria-pressed={isLog}
            onClick={() => update((params) => (isLog ? params.delete('loss-scale') : params.set('loss-scale', 'log')))}
          >
            {text.charts.logScale}
          </button>
          <Choice label={text.charts.viewOf(text.charts.loss)} value={shown} options={viewOptions} onChange={show} />
        </div>
      </div>
      <LineChart
        label={text.charts.loss}
        series={series}
        xName={text.charts.epoch}
        xEnd={epochAxisEnd(view, present)}
        scale={isLog ? 'log' : 'linear'}
        formatX={formatEpoch}
        formatY={loss}
        formatTick={tick}
        group="run-curves"
        view={shown}
        empty={emptyText(present)}
      />
    </section>
  );
}

export function AccuracyCard({ view, present }: CurveCardProps) {
  const [shown, show] = useCardView('accuracy');
  const series = useMemo(() => curvesOf(view, 'accuracy'), [view]);
  const highlight = useMemo(() => {
    const best = bestEpoch(view.epochs);
    return best?.validationAccuracy == null
      ? null
      : ({
          seriesId: 'validation',
          point: [best.epoch, best.validationAccuracy],
          label: `${text.charts.best} ${percent(best.validationAccuracy)}`,
        } as const);
  }, [view.epochs]);
  return (
    <section className="card" aria-labelledby="accuracy-title">
      <div className="card-head">
        <h2 id="accuracy-title">{text.charts.accuracy}</h2>
        <div className="card-actions">
          <Choice
            label={text.charts.viewOf(text.charts.accuracy)}
            value={shown}
            options={viewOptions}
            onChange={show}
          />
        </div>
      </div>
      <LineChart
        label={text.charts.accuracy}
        series={series}
        highlight={highlight}
        xName={text.charts.epoch}
        xEnd={epochAxisEnd(view, present)}
        formatX={formatEpoch}
        formatY={percent}
        formatTick={percentTick}
        group="run-curves"
        view={shown}
        empty={emptyText(present)}
      />
    </section>
  );
}

const emptyText = (present: Present): string =>
  isTerminal(present.state) ? text.charts.emptyEnded : text.charts.empty;
