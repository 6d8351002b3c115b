import { lazy, Suspense, useMemo } from 'react';
import { PictureMenu } from '../charts/pictures/PictureMenu';
import { usePicture } from '../charts/pictures/usePicture';
import { mainMetric } from '../compare/comparison';
import type { CurvesDrawing } from '../compare/curves/curvesOption';
import type { Line } from '../compare/curves/lines';
import type { LineStyle } from '../compare/palette';
import { labelOfMetric } from '../compare/words';
import { duration, percent, percentTick } from '../text/format';
import { text } from '../text/text';
import { countUntil, type Racer } from './race';

const CurvesCanvas = lazy(() => import('../compare/curves/CurvesCanvas'));
const words = text.replay;

interface RaceCurvesProps {
  racers: readonly Racer[];
  styles: ReadonlyMap<string, LineStyle>;
  clock: number;
  end: number;
  /** The state of the race in words. */
  said: string;
}

/** The curves up to the clock. */
export function RaceCurves({ racers, styles, clock, end, said }: RaceCurvesProps) {
  const [takePicture, keepPicture] = usePicture();
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
  // Of the whole race, so that the axis stands still.
  const yRange = useMemo((): CurvesDrawing['yRange'] => {
    const values = racers.flatMap(({ points }) => points.map(({ value }) => value));
    return [Math.floor(Math.min(...values) * 10) / 10, Math.ceil(Math.max(...values) * 10) / 10];
  }, [racers]);
  const drawing = useMemo(
    (): CurvesDrawing => ({
      lines,
      bands: [],
      xName: text.compare.curves.timeName,
      yName: labelOfMetric(mainMetric),
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
    <section className="card" aria-labelledby="race-curves-title">
      <div className="card-head">
        <h2 id="race-curves-title">{words.curves}</h2>
        <PictureMenu chart={words.curves} picture={takePicture} />
      </div>
      <div className="curves-area" role="img" aria-label={said}>
        <Suspense fallback={<p className="chart-empty">{text.charts.loading}</p>}>
          <CurvesCanvas drawing={drawing} onPicture={keepPicture} />
        </Suspense>
      </div>
    </section>
  );
}
