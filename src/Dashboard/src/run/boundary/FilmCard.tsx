import { Card } from '../../design/Card';
import { text } from '../../text/text';
import { FramePlayer, useFrames } from '../frames/FramePlayer';
import { useBoundary } from '../queries';
import { BoundaryPlot } from './BoundaryPlot';

/** The film of the decision boundary of a run, repeated in slow motion when a run that is watched ends, and the epoch of the frame that the user selected; null for the newest one. */
export function useFilm(id: string | null, hasEnded: boolean) {
  const { data } = useBoundary(id);
  const frames = data?.frames ?? [];
  const { frame: index, isLatest, ...player } = useFrames(frames.length, { hasEnded });
  const shown = frames[index];
  return data === undefined || shown === undefined
    ? null
    : {
        epoch: isLatest ? null : shown.epoch,
        frame: shown,
        points: data.points,
        player: { ...player, frame: index, frames: frames.length },
      };
}

type Film = NonNullable<ReturnType<typeof useFilm>>;

/** The film beside the curves. */
export const FilmCard = ({ film: { frame, points, player } }: { film: Film }) => (
  <Card title={text.boundary.title} className="curve film">
    <FramePlayer {...player} caption={text.observed.epoch(frame.epoch)} />
    <BoundaryPlot frame={frame} points={points} maximum={400} />
  </Card>
);
