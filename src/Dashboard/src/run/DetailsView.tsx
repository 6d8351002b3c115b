import { useMemo } from 'react';
import type { RunDetail } from '../api/types';
import { Card } from '../design/Card';
import { CopyButton } from '../design/CopyButton';
import { ScrollRegion } from '../design/ScrollRegion';
import { HighlightedJson } from '../json/HighlightedJson';
import { Layers } from '../network/Layers';
import { text } from '../text/text';
import { Attempts } from './Attempts';
import { Events } from './Events';
import type { RunTabProps } from './history/status';
import { RunNotes } from './RunNotes';

/** The network, the spec, the notes, the events and the attempts of a run. */
export default function DetailsView({ run, status, history }: RunTabProps) {
  return (
    <div className="run-details pair">
      <div className="stack">
        <Layers layers={run.layers} />
        <Spec run={run} />
      </div>
      <div className="stack">
        <RunNotes run={run} />
        <Events log={history.log} isCatchingUp={status.isCatchingUp} />
        <Attempts attempts={run.attempts} />
      </div>
    </div>
  );
}

/** The stored spec as JSON. */
function Spec({ run: { spec, specSha256 } }: { run: RunDetail }) {
  const json = useMemo(() => JSON.stringify(spec, null, 2), [spec]);
  return (
    <Card title={text.spec.title} actions={<CopyButton label={text.spec.copy} content={json} />}>
      <ScrollRegion className="code spec scroll" label={text.spec.jsonLabel}>
        <pre>
          <HighlightedJson json={json} />
        </pre>
      </ScrollRegion>
      <p className="card-note">
        {text.spec.hash} <code>{specSha256}</code>
      </p>
    </Card>
  );
}
