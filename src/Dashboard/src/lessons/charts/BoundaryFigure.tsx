import { Card } from '../../design/Card';
import { BoundaryPlot } from '../../run/boundary/BoundaryPlot';
import { FramePlayer, useFrames } from '../../run/frames/FramePlayer';
import { text } from '../../text/text';
import type { FigureProps } from './figureProps';
import { frameAt } from './frameAt';
import { useFilmsOf } from './useRunQueries';
import '../../charts/charts.css';
import '../../run/run.css';

/** The decision boundaries of all runs as one film. */
export default function BoundaryFigure({ title, runs }: FigureProps) {
  const films = useFilmsOf(runs);
  const epochs = [...new Set(films.flatMap((film) => film?.frames.map(({ epoch }) => epoch) ?? []))].sort(
    (a, b) => a - b,
  );
  const { frame, isLatest: _, ...player } = useFrames(epochs.length);
  const epoch = epochs[frame] ?? 0;
  return (
    <Card title={title}>
      {epochs.length === 0 ? (
        <p className="chart-empty">{text.charts.loading}</p>
      ) : (
        <>
          <FramePlayer {...player} frames={epochs.length} frame={frame} caption={text.observed.epoch(epoch)} />
          <div className="lesson-multiples">
            {runs.map(({ run, label }, index) => {
              const film = films[index];
              const shown = film && frameAt(film.frames, epoch);
              return (
                <figure key={run}>
                  <figcaption>{label}</figcaption>
                  {film === undefined || shown === undefined ? (
                    <p className="chart-empty">{text.charts.loading}</p>
                  ) : (
                    <BoundaryPlot frame={shown} points={film.points} maximum={380} />
                  )}
                </figure>
              );
            })}
          </div>
        </>
      )}
    </Card>
  );
}
