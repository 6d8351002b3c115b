import { useState } from 'react';
import type { TechniqueDefinition } from '../api/types';
import { ConfirmDialog } from '../design/ConfirmDialog';
import { text } from '../text/text';
import { at, isObject, type Json } from './json/pointer';
import { examples } from './presets';
import type { SpecText } from './useSpecText';

const structure = new Set(['kind', 'preset', 'blocks', 'layers', 'dense', 'globalPool']);

interface Chip {
  name: string;
  label: string;
  title?: string;
  onChoose: () => void;
}

function Chips({ label, chips }: { label: string; chips: readonly Chip[] }) {
  return (
    <div role="group" aria-label={label}>
      <span aria-hidden="true">{label}</span>
      <div>
        {chips.map((chip) => (
          <button key={chip.name} type="button" className="chip" title={chip.title} onClick={chip.onChoose}>
            {chip.label}
          </button>
        ))}
      </div>
    </div>
  );
}

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
      <Chips
        label={text.newRun.presets}
        chips={examples.map((example) => ({
          name: example.name,
          label: example.name,
          onChoose: () => choose(example.spec),
        }))}
      />
      {networks.length > 0 && (
        <Chips
          label={text.newRun.presetNetworks}
          chips={networks.map(({ name, title, explanation }) => ({
            name,
            label: title,
            title: explanation,
            onChoose: () => takeNetwork(name),
          }))}
        />
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
