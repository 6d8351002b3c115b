import { useMemo, useRef } from 'react';
import { type DecisionFilm, type DecisionFrame, isTerminal } from '../../api/types';
import { classColor } from '../../charts/colormap';
import { DownloadMenu } from '../../charts/download/DownloadMenu';
import { Card } from '../../design/Card';
import { Loaded } from '../../design/Loaded';
import { text } from '../../text/text';
import { FramePlayer, useFrames } from '../frames/FramePlayer';
import type { RunTabProps } from '../history/status';
import { useBoundary } from '../queries';
import { fieldOf, positionOf } from './paint';

/** The decision boundary, epoch by epoch. */
export default function BoundaryView({ run, status }: RunTabProps) {
  const query = useBoundary(run.id);
  const frames = query.data?.frames ?? [];
  const { frame: index, ...player } = useFrames(frames.length);
  const shown = frames[index];
  const svg = useRef<SVGSVGElement>(null);
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
        return (
          <Card
            title={text.boundary.title}
            actions={<DownloadMenu chart={`${text.boundary.title}, ${caption}`} svg={svg} />}
          >
            <FramePlayer {...player} frames={frames.length} frame={index} caption={caption} />
            <div className="pair">
              <svg
                ref={svg}
                className="boundary"
                viewBox={`0 0 ${size} ${size + 20 + Math.ceil(frame.classes / across) * rowHeight}`}
                role="img"
                aria-label={text.boundary.label(epoch, frame.classes)}
              >
                <Field frame={frame} points={points} />
                {Array.from({ length: frame.classes }, (_, label) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a class is its index.
                  <g key={label} transform={`translate(${(label % across) * (size / across)} ${legendTop(label)})`}>
                    <circle cx="6" r="6" fill={classColor(label)} />
                    <text x="20">{text.boundary.class(label)}</text>
                  </g>
                ))}
              </svg>
              <p className="card-note">{text.boundary.note}</p>
            </div>
          </Card>
        );
      }}
    </Loaded>
  );
}

const size = 560;
/** Classes in a row of the legend. */
const across = 5;
const rowHeight = 24;
const legendTop = (label: number): number => size + 24 + Math.floor(label / across) * rowHeight;

/** One frame: the predicted class over the input plane, with the samples. Training samples are dots, validation samples squares. */
function Field({ frame, points }: { frame: DecisionFrame; points: DecisionFilm['points'] }) {
  const field = useMemo(() => fieldOf(frame), [frame]);
  return (
    <>
      <image href={field} width={size} height={size} preserveAspectRatio="none" />
      {points.map((point) => {
        const [x, y] = positionOf(frame, point).map((share) => Number((share * size).toFixed(1))) as [number, number];
        const look = { fill: classColor(point.label), stroke: '#ffffff', strokeWidth: 1.3 };
        return point.split === 'train' ? (
          <circle key={`${x} ${y}`} {...look} cx={x} cy={y} r="4" />
        ) : (
          <rect key={`${x} ${y}`} {...look} x={x - 4} y={y - 4} width="8" height="8" />
        );
      })}
    </>
  );
}
