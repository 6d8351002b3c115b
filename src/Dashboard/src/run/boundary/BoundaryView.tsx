import { useRef, useState } from 'react';
import { isTerminal } from '../../api/types';
import { DownloadMenu } from '../../charts/download/DownloadMenu';
import { Card } from '../../design/Card';
import { Loaded } from '../../design/Loaded';
import { text } from '../../text/text';
import { FramePlayer, useFrames } from '../frames/FramePlayer';
import type { RunTabProps } from '../history/status';
import { useBoundary } from '../queries';
import { BoundaryPlot } from './BoundaryPlot';
import { type UnitId, UnitMaps, unitOf } from './UnitMaps';

/** The decision boundary, epoch by epoch. */
export default function BoundaryView({ run, status }: RunTabProps) {
  const query = useBoundary(run.id);
  const frames = query.data?.frames ?? [];
  const { frame: index, isLatest: _, ...player } = useFrames(frames.length);
  const shown = frames[index];
  const svg = useRef<SVGSVGElement>(null);
  const [chosen, setChosen] = useState<UnitId | null>(null);
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
        const hidden = shown.frame.hidden ?? [];
        const caption = text.observed.epoch(shown.epoch);
        return (
          <Card
            title={text.boundary.title}
            actions={<DownloadMenu chart={`${text.boundary.title}, ${caption}`} svg={svg} />}
          >
            <FramePlayer {...player} frames={frames.length} frame={index} caption={caption} />
            <div className="boundary-parts">
              <BoundaryPlot ref={svg} frame={shown} points={points} unit={unitOf(hidden, chosen)} />
              {hidden.length > 0 && <UnitMaps hidden={hidden} chosen={chosen} onChoose={setChosen} />}
            </div>
          </Card>
        );
      }}
    </Loaded>
  );
}
