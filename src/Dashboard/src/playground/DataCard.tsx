import type { Catalog } from '../api/types';
import { Button } from '../design/Button';
import { Card } from '../design/Card';
import { toggled } from '../design/toggled';
import { integer, wholePercent } from '../text/format';
import { text } from '../text/text';
import { Select, Slider } from './Controls';
import { type Feature, features, type Settings } from './settings';
import { TechniqueSelect } from './TechniqueSelect';
import type { Change } from './usePlayground';

const t = text.playground;

/** Sets of points in the plane have a noise, and no images. */
const planes = ['xor', 'circles', 'moons', 'spiral', 'blobs', 'mixture'];
const sampleCounts = [50, 100, 200, 400, 800, 2000];
const mostSeeds = 2 ** 31 - 1;

interface CardProps {
  settings: Settings;
  change: Change;
  catalog: Catalog;
}

/** The points, and what the network gets of them. */
export function DataCard({ settings, change, catalog }: CardProps) {
  const datasets = catalog.techniques.filter(({ kind, name }) => kind === 'dataset' && planes.includes(name));
  const noise = datasets.find(({ name }) => name === settings.dataset)?.parameters.find(({ name }) => name === 'noise');
  const choose = (name: string) => {
    const usual = datasets.find((one) => one.name === name)?.parameters.find((one) => one.name === 'noise')?.default;
    change({ dataset: name, noise: typeof usual === 'number' ? usual : settings.noise });
  };
  const toggle = (feature: Feature) => {
    const next = toggled(new Set(settings.features), feature);
    change({ features: features.filter((one) => next.has(one)) });
  };
  return (
    <Card title={t.data} className="playground-data">
      <div className="stack tight">
        <TechniqueSelect label={t.dataset} value={settings.dataset} techniques={datasets} onChange={choose} />
        <Slider
          label={t.noise}
          value={settings.noise}
          minimum={0}
          maximum={Math.min(noise?.maximum ?? 1, 1)}
          step={0.05}
          format={(value) => value.toFixed(2)}
          onChange={(value) => change({ noise: value })}
        />
        <Slider
          label={t.labelNoise}
          value={settings.labelNoise}
          minimum={0}
          maximum={0.5}
          step={0.05}
          format={wholePercent}
          onChange={(value) => change({ labelNoise: value })}
        />
        <Slider
          label={t.validationShare}
          value={settings.validation}
          minimum={0.1}
          maximum={0.9}
          step={0.1}
          format={wholePercent}
          onChange={(value) => change({ validation: value })}
        />
        <Select
          label={t.samples}
          value={settings.samples}
          options={sampleCounts.map((count) => ({ value: count, label: integer(count) }))}
          onChange={(samples) => change({ samples })}
        />
        <div className="setting">
          <span>{`${t.seed}: ${settings.seed}`}</span>
          <Button small onClick={() => change({ seed: (settings.seed % mostSeeds) + 1 })}>
            {t.nextSeed}
          </Button>
        </div>
        <fieldset className="setting">
          <legend>{t.inputs}</legend>
          <div className="feature-list">
            {features.map((feature) => {
              const isChosen = settings.features.includes(feature);
              return (
                <button
                  key={feature}
                  type="button"
                  className="feature"
                  aria-pressed={isChosen}
                  // The network needs an input.
                  aria-disabled={isChosen && settings.features.length === 1}
                  onClick={isChosen && settings.features.length === 1 ? undefined : () => toggle(feature)}
                >
                  {t.features[feature]}
                </button>
              );
            })}
          </div>
        </fieldset>
      </div>
    </Card>
  );
}
