import { useMemo, useState } from 'react';
import type { Catalog } from '../api/types';
import { ChartTable } from '../charts/ChartTable';
import { useImage } from '../charts/download/DownloadMenu';
import { LineArea } from '../charts/LineArea';
import { type Drawing, lastValue, mainSeries } from '../charts/series';
import { ChartCard, useCardView } from '../compare/ChartCard';
import { formatMetric, metricLabel } from '../compare/format';
import { toggled } from '../design/toggled';
import { integer, percentTick, tick } from '../text/format';
import { text } from '../text/text';
import { settingName } from './namedResult';
import { settingCurves, settingOf } from './settingCurves';
import type { StudyDetail, TrialEntry } from './useStudies';

const t = text.studies.curves;

interface SettingCurvesCardProps {
  study: StudyDetail;
  trials: readonly TrialEntry[];
  catalog: Catalog | undefined;
}

/** Of a comparison: each setting's mean by epoch with its band, and the curves of its seeds. */
export function SettingCurvesCard({ study, trials, catalog }: SettingCurvesCardProps) {
  const [shown, show] = useCardView('curves');
  const [getImage, setImage] = useImage();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const { metric } = study;
  const isShare = metric.endsWith('_accuracy');
  const curves = useMemo(
    () => settingCurves(study, trials, ({ assignment }) => settingName(assignment, catalog), text.studies.seed),
    [study, trials, catalog],
  );
  const drawing = useMemo((): Drawing => {
    const isShown = ({ id }: { id: string }) => !hidden.has(settingOf(id));
    return {
      series: curves.series.filter(isShown),
      bands: curves.bands.filter(isShown),
      x: { name: t.epoch, from: 1, to: study.definition.epochs, isWhole: true, format: t.epochOf, tick: String },
      y: {
        limits: isShare ? [0, 1] : [0, Number.POSITIVE_INFINITY],
        ...(isShare ? { leastSpan: 0.05 } : { ignoresOutliers: true }),
        format: (value) => formatMetric(metric, value),
        tick: isShare ? percentTick : tick,
      },
      isRanked: true,
    };
  }, [curves, hidden, study.definition.epochs, metric, isShare]);
  const means = mainSeries(curves.series);
  if (means.length === 0) {
    return null;
  }
  const summary = means.map(({ name, points }) => `${name}: ${formatMetric(metric, lastValue(points))}.`).join(' ');

  return (
    <ChartCard title={t.ofSettings} view={shown} onView={show} image={getImage} fillsScreen note={t.bandNote}>
      {shown === 'table' ? (
        <ChartTable
          label={metricLabel(metric)}
          series={means}
          xName={t.epoch}
          formatX={integer}
          formatY={drawing.y.format}
        />
      ) : (
        <>
          <ul className="chart-legend row">
            {means.map(({ id, name, color, points }) => (
              <li key={id}>
                <button type="button" aria-pressed={!hidden.has(id)} onClick={() => setHidden(toggled(hidden, id))}>
                  <i className="swatch swatch-line" style={{ color: `var(${color})` }} />
                  <span>{name}</span>
                  <b>{formatMetric(metric, lastValue(points))}</b>
                </button>
              </li>
            ))}
          </ul>
          <LineArea
            className="curves-area"
            label={text.charts.describe(metricLabel(metric), t.epoch, summary)}
            drawing={drawing}
            onImage={setImage}
          />
        </>
      )}
    </ChartCard>
  );
}
