import { memo, useRef } from 'react';
import type { LayerRow } from '../../api/types';
import { PictureMenu } from '../../charts/pictures/PictureMenu';
import { pictureOf } from '../../charts/pictures/picture';
import { Choice } from '../../design/Choice';
import { useSearch } from '../../shell/navigation';
import { text } from '../../text/text';
import { type Broken, LayerTable } from './LayerTable';
import { NetworkGraph } from './NetworkGraph';

const options = [
  { value: 'graph', label: text.layers.asGraph },
  { value: 'table', label: text.layers.asTable },
] as const;

interface LayersProps {
  layers: readonly LayerRow[];
  title?: string;
  /** A layer that the network ends before; there is no drawing of a part. */
  broken?: Broken | undefined;
}

/** The network, as a drawing or as the layer table; which of them is in the address. */
export const Layers = memo(function Layers({ layers, title = text.layers.title, broken }: LayersProps) {
  const [search, update] = useSearch();
  const graph = useRef<SVGSVGElement>(null);
  const shown = broken !== undefined || search.get('network') === 'table' ? 'table' : 'graph';
  return (
    <section className="card" aria-labelledby="layers-title">
      <div className="card-head">
        <h2 id="layers-title">{title}</h2>
        {broken === undefined && (
          <div className="card-actions">
            <Choice
              label={text.layers.view}
              value={shown}
              options={options}
              onChange={(next) =>
                update((params) => (next === 'table' ? params.set('network', next) : params.delete('network')))
              }
            />
            {shown === 'graph' && (
              <PictureMenu chart={title} picture={() => (graph.current === null ? null : pictureOf(graph.current))} />
            )}
          </div>
        )}
      </div>
      {shown === 'table' ? (
        <LayerTable layers={layers} broken={broken} />
      ) : (
        <NetworkGraph ref={graph} layers={layers} />
      )}
    </section>
  );
});
