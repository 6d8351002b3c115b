import { isTerminal } from '../../api/types';
import { classColor } from '../../charts/colormap';
import { PictureMenu } from '../../charts/pictures/PictureMenu';
import { pictureFrom } from '../../charts/pictures/picture';
import { Problem } from '../../design/Problem';
import { Skeleton } from '../../design/Skeleton';
import { text } from '../../text/text';
import { FilmControls } from '../film/FilmControls';
import { useFilm } from '../film/useFilm';
import type { RunViewProps } from '../RunViewProps';
import { useBoundary } from '../useMeasured';
import { BoundaryCanvas } from './BoundaryCanvas';
import { boundaryPicture } from './boundaryPicture';
import { fieldOf } from './paint';
import './boundary.css';

/** How the boundary between the classes comes to be, epoch by epoch. */
export default function BoundaryView({ run, present }: RunViewProps) {
  const { data, error, refetch } = useBoundary(run.id);
  const frames = data?.frames ?? [];
  const { frame: index, ...film } = useFilm(frames.length);
  const shown = frames[index];
  if (data === undefined) {
    return error === null ? (
      <Skeleton height={420} />
    ) : (
      <Problem title={text.boundary.failed} error={error} onRetry={() => void refetch()} />
    );
  }
  if (shown === undefined) {
    return (
      <div className="message">
        <h2>{text.boundary.emptyTitle}</h2>
        <p>{isTerminal(present.state) ? text.boundary.never : text.boundary.notYet}</p>
      </div>
    );
  }
  const classes = Array.from({ length: shown.frame.classes }, (_, label) => label);
  const caption = text.observed.epoch(shown.epoch);
  const title = `${text.boundary.title}, ${caption}`;
  return (
    <section className="card" aria-labelledby="boundary-title">
      <div className="card-head">
        <h2 id="boundary-title">{text.boundary.title}</h2>
        <PictureMenu
          chart={title}
          picture={(look) =>
            pictureFrom(() => boundaryPicture(title, shown.frame, data.points, fieldOf(shown.frame).toDataURL(), look))
          }
        />
      </div>
      <FilmControls {...film} frames={frames.length} frame={index} caption={caption} />
      <div className="boundary-stage">
        <BoundaryCanvas
          frame={shown.frame}
          points={data.points}
          label={text.boundary.label(shown.epoch, shown.frame.classes)}
        />
        <div>
          <ul className="boundary-legend">
            {classes.map((label) => (
              <li key={label}>
                <i style={{ background: classColor(label) }} />
                {text.boundary.class(label)}
              </li>
            ))}
          </ul>
          <p className="card-note">{text.boundary.note}</p>
        </div>
      </div>
    </section>
  );
}
