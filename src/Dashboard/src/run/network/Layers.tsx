import { memo } from 'react';
import type { LayerRow } from '../../api/types';
import { Choice } from '../../design/Choice';
import { useSearch } from '../../shell/navigation';
import { text } from '../../text/text';
import { LayerTable } from './LayerTable';
import { NetworkGraph } from './NetworkGraph';

const options = [
  { value: 'graph', label: text.layers.asGraph },
  { value: 'table', label: text.layers.asTable },
] as const;

interface LayersProps {
  layers: readonly LayerRow[];
  title?: string;
}

/** The network, as a drawing or as the layer table; which of them is in the address. */
export const Layers = memo(function Layers({ layers, title = text.layers.title }: LayersProps) {
  const [search, update] = useSearch();
  const shown = search.get('network') === 'table' ? 'table' : 'graph';
  return (
    <section className="card" aria-labelledby="layers-title">
      <div className="card-head">
        <h2 id="layers-title">{title}</h2>
        <Choice
          label={text.layers.view}
          value={shown}
          options={options}
          onChange={(next) =>
            update((params) => (next === 'table' ? params.set('network', next) : params.delete('network')))
          }
        />
      </div>
      {shown === 'table' ? <LayerTable layers={layers} /> : <NetworkGraph layers={layers} />}
    </section>
  );
});
