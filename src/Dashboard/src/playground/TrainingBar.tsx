import type { Catalog } from '../api/types';
import { Button } from '../design/Button';
import { Icon } from '../design/Icon';
import { integer } from '../text/format';
import { text } from '../text/text';
import { Select } from './Controls';
import type { PlaygroundClient, PlaygroundState } from './PlaygroundClient';
import type { Settings } from './settings';
import { TechniqueSelect } from './TechniqueSelect';
import type { Change } from './usePlayground';

const t = text.playground;

const rates = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];
const strengths = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3];
const batches = [1, 5, 10, 20, 50, 100];
const speeds = [1, 10, 50, 200, 1000, 10_000] as const;

const numbered = (values: readonly number[]) => values.map((value) => ({ value, label: String(value) }));

const batchSizes = [...numbered(batches), { value: 'full' as const, label: t.fullBatch }];

interface TransportProps {
  settings: Settings;
  change: Change;
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

interface MainSettingsProps {
  settings: Settings;
  change: Change;
  catalog: Catalog;
}

/** What is tried most: activation, optimizer, learning rate, regularization. */
export const MainSettings = ({ settings, change, catalog }: MainSettingsProps) => (
  <div className="main-settings">
    <TechniqueSelect
      label={t.activation}
      value={settings.activation}
      techniques={catalog.techniques.filter(({ kind }) => kind === 'activation')}
      onChange={(activation) => change({ activation })}
    />
    <TechniqueSelect
      label={t.optimizer}
      value={settings.optimizer}
      techniques={catalog.techniques.filter(({ kind }) => kind === 'optimizer')}
      onChange={(optimizer) => change({ optimizer })}
    />
    <Select
      label={t.learningRate}
      value={settings.learningRate}
      options={numbered(rates)}
      onChange={(learningRate) => change({ learningRate })}
    />
    <TechniqueSelect
      label={t.regularization}
      value={settings.weightDecay}
      techniques={catalog.techniques.filter(({ kind }) => kind === 'weight_decay')}
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
    <Select label={t.batch} value={settings.batch} options={batchSizes} onChange={(batch) => change({ batch })} />
  </div>
);
