import { useState } from 'react';
import type { TechniqueDefinition } from '../api/types';
import { ConfirmDialog } from '../design/ConfirmDialog';
import { text } from '../text/text';
import { at, isObject, type Json } from './json/pointer';
import { examples } from './presets';
import type { SpecText } from './useSpecText';

const structure = new Set(['kind', 'preset', 'blocks', 'layers', 'dense', 'globalPool']);

interface PresetsProps {
  spec: SpecText;
  networks: readonly TechniqueDefinition[];
}

/** Ready specs and ready networks. A spec takes the place of the whole; a network that of the model. */
export function Presets({ spec, networks }: PresetsProps) {
  const [asking, setAsking] = useState<Json | null>(null);
  const choose = (next: Json) => (spec.isChanged ? setAsking(next) : spec.replace(next));
  // What describes a structure goes; what is chosen beside it (activation, dropout ...) stays.
  const takeNetwork = (name: string) => {
    const model = at(spec.document, '/model');
    const kept = Object.entries(isObject(model) ? model : {}).filter(([member]) => !structure.has(member));
    spec.edit('/model', { kind: 'preset', preset: name, ...Object.fromEntries(kept) });
  };
  return (
    <div className="presets">
      <div role="group" aria-label={text.newRun.presets}>
        <span aria-hidden="true">{text.newRun.presets}</span>
        <div>
          {examples.map((preset) => (
            <button key={preset.name} type="button" className="chip" onClick={() => choose(preset.spec)}>
              {preset.name}
            </button>
          ))}
        </div>
      </div>
      {networks.length > 0 && (
        <div role="group" aria-label={text.newRun.presetNetworks}>
          <span aria-hidden="true">{text.newRun.presetNetworks}</span>
          <div>
            {networks.map((network) => (
              <button
                key={network.name}
                type="button"
                className="chip"
                title={network.explanation}
                onClick={() => takeNetwork(network.name)}
              >
                {network.title}
              </button>
            ))}
          </div>
        </div>
      )}
      {asking !== null && (
        <ConfirmDialog
          title={text.newRun.replaceTitle}
          text={text.newRun.replaceText}
          confirm={text.newRun.replace}
          keep={text.newRun.keep}
          onClose={() => setAsking(null)}
          onConfirm={() => {
            setAsking(null);
            spec.replace(asking);
          }}
        />
      )}
    </div>
  );
}
