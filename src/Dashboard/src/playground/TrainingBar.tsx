import type { Catalog, TechniqueKind } from '../api/types';
import { Button } from '../design/Button';
import { Icon } from '../design/Icon';
import { integer } from '../text/format';
import { text } from '../text/text';
import { Select, Slider } from './Controls';
import type { PlaygroundClient, PlaygroundState } from './PlaygroundClient';
import type { Settings } from './settings';

const t = text.playground;

const rates = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];
const strengths = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3];
const batches = [1, 5, 10, 20, 50, 100];
const lengths = [50, 100, 200, 500, 1000, 2000, 10_000];
const speeds = [1, 10, 50, 200, 1000, 10_000] as const;

const numbered = (values: readonly number[]) => values.map((value) => ({ value, label: String(value) }));

interface BarProps {
  settings: Settings;
  change: (changes: Partial<Settings>) => void;
  catalog: Catalog;
}

const optionsOf = (catalog: Catalog, kind: TechniqueKind) =>
  catalog.techniques.filter((one) => one.kind === kind).map(({ name, title }) => ({ value: name, label: title }));

interface TransportProps {
  settings: Settings;
  change: (changes: Partial<Settings>) => void;
  client: PlaygroundClient | null;
  state: PlaygroundState | null;
}

/** Play, pause, step and reset, with the position and the speed. */
export function Transport({ settings, change, client, state }: TransportProps) {
  const isReady = state?.phase === 'ready';
  const isStuck = !isReady || state.frame?.isComplete === true || state.failure !== null;
  const isPlaying = state?.isPlaying === true;
  return (
    <div className="row transport" role="group" aria-label={t.controls}>
      <Button
        primary
        blocked={isStuck && !isPlaying}
        onClick={() => void (isPlaying ? client?.pause() : client?.play(settings.speed))}
      >
        <Icon shape={isPlaying ? 'pause' : 'play'} />
        {isPlaying ? t.pause : t.play}
      </Button>
      <Button blocked={isStuck} title={t.stepLabel} onClick={() => void client?.step(1)}>
        {t.step}
      </Button>
      <Button blocked={!isReady} onClick={() => void client?.reset()}>
        <Icon shape="turn" />
        {t.reset}
      </Button>
      <p className="position">
        <span>{t.epoch}</span> <b>{integer(state?.frame?.epoch ?? 0)}</b>
        <small>{t.update(integer(state?.frame?.step ?? 0))}</small>
      </p>
      <Select
        label={t.speed}
        value={settings.speed}
        options={speeds.map((value) => ({ value: value as number, label: t.speeds[value] }))}
        onChange={(speed) => {
          change({ speed });
          if (isPlaying) {
            void client?.play(speed);
          }
        }}
      />
    </div>
  );
}

/** What is tried most: activation, optimizer, learning rate, regularization. */
export const MainSettings = ({ settings, change, catalog }: BarProps) => (
  <div className="main-settings">
    <Select
      label={t.activation}
      value={settings.activation}
      options={optionsOf(catalog, 'activation')}
      onChange={(activation) => change({ activation })}
    />
    <Select
      label={t.optimizer}
      value={settings.optimizer}
      options={optionsOf(catalog, 'optimizer')}
      onChange={(optimizer) => change({ optimizer })}
    />
    <Select
      label={t.learningRate}
      value={settings.learningRate}
      options={numbered(rates)}
      onChange={(learningRate) => change({ learningRate })}
    />
    <Select
      label={t.regularization}
      value={settings.weightDecay}
      options={optionsOf(catalog, 'weight_decay')}
      onChange={(weightDecay) => change({ weightDecay })}
    />
    {settings.weightDecay !== 'none' && (
      <Select
        label={t.strength}
        value={settings.strength}
        options={numbered(strengths)}
        onChange={(strength) => change({ strength })}
      />
    )}
    <Select
      label={t.batch}
      value={settings.batch}
      options={numbered(batches)}
      onChange={(batch) => change({ batch })}
    />
  </div>
);

/** The other settings, folded away. */
export const MoreSettings = ({ settings, change, catalog }: BarProps) => (
  <details className="more-settings">
    <summary>{t.more}</summary>
    <div className="main-settings">
      <Select
        label={t.initialization}
        value={settings.initialization}
        options={[{ value: '', label: t.automatic }, ...optionsOf(catalog, 'initialization')]}
        onChange={(initialization) => change({ initialization })}
      />
      <Select
        label={t.batchNorm}
        value={settings.batchNorm ? 'on' : 'off'}
        options={[
          { value: 'off', label: t.off },
          { value: 'on', label: t.on },
        ]}
        onChange={(value) => change({ batchNorm: value === 'on' })}
      />
      <Slider
        label={t.dropout}
        value={settings.dropout}
        minimum={0}
        maximum={0.5}
        step={0.05}
        format={(value) => value.toFixed(2)}
        onChange={(dropout) => change({ dropout })}
      />
      <Select
        label={t.schedule}
        value={settings.schedule}
        options={optionsOf(catalog, 'schedule').filter(({ value }) => value !== 'multistep')}
        onChange={(schedule) => change({ schedule })}
      />
      <Select
        label={t.scheduleLength}
        value={settings.epochs}
        options={lengths.map((value) => ({ value, label: integer(value) }))}
        onChange={(epochs) => change({ epochs })}
      />
      <Select
        label={t.clipping}
        value={settings.clipping}
        options={optionsOf(catalog, 'gradient_clipping')}
        onChange={(clipping) => change({ clipping })}
      />
    </div>
  </details>
);
