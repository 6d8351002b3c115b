import { useMemo } from 'react';
import { DownloadMenu, useImage } from '../charts/download/DownloadMenu';
import { LineArea } from '../charts/LineArea';
import type { Drawing, Limits, Series } from '../charts/series';
import type { LineStyle } from '../compare/lineStyle';
import { Card } from '../design/Card';
import { duration, percent, percentTick } from '../text/format';
import { text } from '../text/text';
import { countUntil, type Racer } from './race';

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
      racers.flatMap(({ run, points }): Series[] => {
        const style = styles.get(run.id);
        const until = points.slice(0, countUntil(points, clock)).map(({ seconds, value }) => [seconds, value] as const);
        return style === undefined ? [] : [{ ...style, id: run.id, name: run.name, look: 'line', points: until }];
      }),
    [racers, styles, clock],
  );
  // Of the whole race, so that the axis does not change.
  const range = useMemo((): Limits => {
    const values = racers.flatMap(({ points }) => points.map(({ value }) => value));
    return [Math.floor(Math.min(...values) * 10) / 10, Math.ceil(Math.max(...values) * 10) / 10];
  }, [racers]);
  const drawing = useMemo(
    (): Drawing => ({
      series: lines,
      x: { name: text.compare.curves.timeName, from: 0, to: end, format: duration, tick: duration },
      y: { limits: [0, 1], range, format: percent, tick: percentTick },
      isRanked: true,
    }),
    [lines, end, range],
  );
  return (
    <Card title={t.curves} actions={<DownloadMenu chart={t.curves} image={getImage} />}>
      <LineArea className="curves-area" label={summary} drawing={drawing} onImage={setImage} />
    </Card>
  );
}
