import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, unwrap } from '../../api/client';
import { useImage } from '../../charts/download/DownloadMenu';
import { LineArea } from '../../charts/LineArea';
import type { Drawing } from '../../charts/series';
import { formatMetric, metricLabel } from '../../compare/format';
import { Card } from '../../design/Card';
import { fallbackMilliseconds } from '../../live/useReadAgain';
import type { TrialEntry } from '../../studies/useStudies';
import { integer, percentTick } from '../../text/format';
import { text } from '../../text/text';
import type { ShownStudy } from '../shownRuns';
import { bestSoFar, trainedEpochs } from './bestSoFar';
import type { FigureProps } from './figureProps';
import '../../charts/charts.css';

const t = text.lessons;

/** The studies of lessons are judged by it. */
const metric = 'validation_accuracy';

const styles = [
  { color: '--line-1', dash: [] },
  { color: '--line-2', dash: [7, 4] },
  { color: '--line-3', dash: [2, 3] },
  { color: '--line-4', dash: [9, 3, 2, 3] },
] as const;

/** The best value so far, trial by trial, one line for each study; the legend tells what each has cost. */
export default function BestSoFarFigure({ title, studies }: FigureProps) {
  const trials = useTrialsOf(studies);
  const [, setImage] = useImage();
  const drawing = useMemo(
    (): Drawing => ({
      series: studies.map(({ study, label }, index) => ({
        ...(styles[index % styles.length] ?? styles[0]),
        id: study,
        name: label,
        look: 'line' as const,
        points: bestSoFar(trials[index] ?? [], false),
      })),
      x: {
        name: t.trialAxis,
        from: 1,
        to: null,
        isWhole: true,
        format: (value) => t.trial(integer(value)),
        tick: String,
      },
      y: { limits: [0, 1], format: (value) => formatMetric(metric, value), tick: percentTick },
      isRanked: true,
    }),
    [studies, trials],
  );
  return (
    <Card title={`${title}: ${metricLabel(metric)}`}>
      <ul className="lesson-legend">
        {drawing.series.map(({ id, name, color }, index) => (
          <li key={id}>
            <span className="lesson-swatch" style={{ background: `var(${color})` }} /> {name}:{' '}
            {t.trained(integer(ended(trials[index])), integer(trainedEpochs(trials[index] ?? [])))}
          </li>
        ))}
      </ul>
      <LineArea className="curves-area" label={t.bestSoFarLabel} drawing={drawing} onImage={setImage} onZoom={ignore} />
    </Card>
  );
}

const ignore = () => {};

const ended = (trials: readonly TrialEntry[] | undefined): number =>
  trials?.filter(({ endedAt }) => endedAt !== null).length ?? 0;

/** The trials of each study, without their curves; undefined until they are there. A study that changes makes them stale, see useLiveLesson. */
const useTrialsOf = (studies: readonly ShownStudy[]): readonly (readonly TrialEntry[] | undefined)[] =>
  useQueries({
    queries: studies.map(({ study, isRunning }) => ({
      // Once it has ended, its trials are read once more.
      queryKey: ['lesson-trials', study, isRunning],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await unwrap(api.GET('/api/v1/studies/{id}/trials', { params: { path: { id: study } }, signal }))).items,
      refetchInterval: isRunning ? fallbackMilliseconds : (false as const),
    })),
    combine: (results) => results.map(({ data }) => data),
  });
