import { isTerminal } from '../../api/types';
import { classColor } from '../../charts/colormap';
import { DownloadMenu } from '../../charts/download/DownloadMenu';
import { imageFromSvg } from '../../charts/download/image';
import { Card } from '../../design/Card';
import { Loaded } from '../../design/Loaded';
import { text } from '../../text/text';
import { FramePlayer, useFrames } from '../frames/FramePlayer';
import type { RunTabProps } from '../history/status';
import { useBoundary } from '../queries';
import { BoundaryCanvas } from './BoundaryCanvas';
import { boundarySvg } from './boundarySvg';
import { fieldOf } from './paint';
import './boundary.css';

/** The decision boundary, epoch by epoch. */
export default function BoundaryView({ run, status }: RunTabProps) {
  const query = useBoundary(run.id);
  const frames = query.data?.frames ?? [];
  const { frame: index, ...player } = useFrames(frames.length);
  const shown = frames[index];
  return (
    <Loaded query={query} errorTitle={text.boundary.failed} heights={[420]}>
      {({ points }) => {
        if (shown === undefined) {
          return (
            <div className="message">
              <h2>{text.boundary.emptyTitle}</h2>
              <p>{isTerminal(status.state) ? text.boundary.never : text.boundary.notYet}</p>
            </div>
          );
        }
        const { frame, epoch } = shown;
        const caption = text.observed.epoch(epoch);
        const title = `${text.boundary.title}, ${caption}`;
        return (
          <Card
            title={text.boundary.title}
            actions={
              <DownloadMenu
                chart={title}
                image={(theme) =>
                  imageFromSvg(() => boundarySvg(title, frame, points, fieldOf(frame).toDataURL(), theme))
                }
              />
            }
          >
            <FramePlayer {...player} frames={frames.length} frame={index} caption={caption} />
            <div className="pair">
              <BoundaryCanvas frame={frame} points={points} label={text.boundary.label(epoch, frame.classes)} />
              <div>
                <ul className="boundary-legend">
                  {Array.from({ length: frame.classes }, (_, label) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a class is its index.
                    <li key={label} className="row">
                      <i style={{ background: classColor(label) }} />
                      {text.boundary.class(label)}
                    </li>
                  ))}
                </ul>
                <p className="card-note">{text.boundary.note}</p>
              </div>
            </div>
          </Card>
        );
      }}
    </Loaded>
  );
}
