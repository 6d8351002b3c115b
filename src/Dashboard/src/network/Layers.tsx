import { memo, useRef } from 'react';
import type { LayerRow } from '../api/types';
import { DownloadMenu } from '../charts/download/DownloadMenu';
import { Card } from '../design/Card';
import { Choice } from '../design/Choice';
import { useParam } from '../navigation/navigation';
import { text } from '../text/text';
import { type Broken, LayerTable } from './LayerTable';
import { NetworkGraph } from './NetworkGraph';

const options = [
  { value: 'graph', label: text.layers.asGraph },
  { value: 'table', label: text.layers.asTable },
] as const;

interface LayersProps {
  layers: readonly LayerRow[];
  title?: string;
  /** The layer at which the network ends early; such a network is shown as a table only. */
  broken?: Broken | undefined;
}

/** The network as a graph or as a table; the choice is in the URL. */
export const Layers = memo(function Layers({ layers, title = text.layers.title, broken }: LayersProps) {
  const [view, setView] = useParam('network');
  const graph = useRef<SVGSVGElement>(null);
  const shown = broken !== undefined || view === 'table' ? 'table' : 'graph';
  return (
    <Card
      id="layers"
      title={title}
      actions={
        broken === undefined && (
          <>
            <Choice
              label={text.layers.view}
              value={shown}
              options={options}
              onChange={(next) => setView(next === 'table' ? next : null)}
            />
            {shown === 'graph' && <DownloadMenu chart={title} svg={graph} />}
          </>
        )
      }
    >
      {shown === 'table' ? (
        <LayerTable layers={layers} broken={broken} />
      ) : (
        <NetworkGraph ref={graph} layers={layers} />
      )}
    </Card>
  );
});
