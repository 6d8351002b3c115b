import { Card } from '../design/Card';
import { integer } from '../text/format';
import { text } from '../text/text';
import { Counter } from './Controls';
import { NetworkPicture } from './NetworkPicture';
import type { PlaygroundState } from './PlaygroundClient';
import { mostLayers, mostUnits, type Settings } from './settings';
import type { Change } from './usePlayground';

const t = text.playground;

interface NetworkCardProps {
  settings: Settings;
  change: Change;
  state: PlaygroundState | null;
}

/** The hidden layers and their units, with the picture of the network below. */
export function NetworkCard({ settings: { layers, features }, change, state }: NetworkCardProps) {
  const set = (index: number, units: number) =>
    change({ layers: layers.map((one, at) => (at === index ? units : one)) });
  return (
    <Card
      title={t.network}
      className="playground-network"
      actions={state?.opened != null && <span className="muted">{t.parameters(integer(state.opened.parameters))}</span>}
    >
      <div className="row layer-counts">
        <Counter
          label={t.hiddenLayers}
          lessLabel={t.removeLayer}
          moreLabel={t.addLayer}
          value={t.layerCount(layers.length)}
          canLess={layers.length > 0}
          canMore={layers.length < mostLayers}
          onLess={() => change({ layers: layers.slice(0, -1) })}
          onMore={() => change({ layers: [...layers, 2] })}
        />
        {layers.map((units, index) => (
          <Counter
            // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its index.
            key={index}
            label={t.unitsOf(index + 1)}
            lessLabel={t.removeUnit(index + 1)}
            moreLabel={t.addUnit(index + 1)}
            value={units}
            canLess={units > 1}
            canMore={units < mostUnits}
            onLess={() => set(index, units - 1)}
            onMore={() => set(index, units + 1)}
          />
        ))}
      </div>
      {state?.opened != null && state.frame !== null ? (
        <NetworkPicture opened={state.opened} frame={state.frame} features={features} />
      ) : (
        <div className="network-picture" />
      )}
      <p className="card-note">{t.pictureNote}</p>
    </Card>
  );
}
