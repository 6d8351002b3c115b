import { lazy, Suspense, useMemo } from 'react';
import { DownloadMenu, useImage } from '../charts/download/DownloadMenu';
import { mainMetric } from '../compare/comparison';
import type { CurvesDrawing } from '../compare/curves/CurvesCanvas';
import type { Line } from '../compare/curves/lines';
import { metricLabel } from '../compare/format';
import type { LineStyle } from '../compare/lineStyle';
import { Card } from '../design/Card';
import { duration, percent, percentTick } from '../text/format';
import { text } from '../text/text';
import { countUntil, type Racer } from './race';

const CurvesCanvas = lazy(() => import('../compare/curves/CurvesCanvas'));
const t = text.replay;

interface RaceCurvesProps {
  racers: readonly Racer[];
  styles: ReadonlyMap<string, LineStyle>;
  clock: number;
  end: number;
  /** The state of the race as text. */
  summary: string;
}

/** The curves up to the current time. */
export function RaceCurves({ racers, styles, clock, end, summary }: RaceCurvesProps) {
  const [getImage, setImage] = useImage();
  const lines = useMemo(
    () =>
      racers.flatMap(({ run, points }): Line[] => {
        const style = styles.get(run.id);
        const until = points.slice(0, countUntil(points, clock)).map(({ seconds, value }) => [seconds, value] as const);
        return style === undefined
          ? []
          : [{ id: run.id, owner: run.id, name: run.name, style, isFaint: false, points: until }];
      }),
    [racers, styles, clock],
  );
  // Of the whole race, so that the axis does not change.
  const yRange = useMemo((): CurvesDrawing['yRange'] => {
    const values = racers.flatMap(({ points }) => points.map(({ value }) => value));
    return [Math.floor(Math.min(...values) * 10) / 10, Math.ceil(Math.max(...values) * 10) / 10];
  }, [racers]);
  const drawing = useMemo(
    (): CurvesDrawing => ({
      lines,
      bands: [],
      xName: text.compare.curves.timeName,
      yName: metricLabel(mainMetric),
      isLog: false,
      xEnd: end,
      yRange,
      formatX: duration,
      formatXTick: duration,
      formatY: percent,
      formatYTick: percentTick,
    }),
    [lines, end, yRange],
  );
  return (
    <Card title={t.curves} actions={<DownloadMenu chart={t.curves} image={getImage} />}>
      <div className="curves-area" role="img" aria-label={summary}>
        <Suspense fallback={<p className="chart-empty">{text.charts.loading}</p>}>
          <CurvesCanvas drawing={drawing} onImage={setImage} />
        </Suspense>
      </div>
    </Card>
  );
}
