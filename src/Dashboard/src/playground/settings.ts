import type { Json, JsonObject } from '../json/pointer';

/** Functions of the coordinates that the network can get, by their names in the spec. */
export const features = ['x1', 'x2', 'x1Squared', 'x2Squared', 'x1X2', 'sinX1', 'sinX2'] as const;
export type Feature = (typeof features)[number];

/** The state of the playground, as it is in the address. */
export interface Settings {
  readonly dataset: string;
  readonly samples: number;
  readonly noise: number;
  readonly labelNoise: number;
  /** Share of the points that is held out. */
  readonly validation: number;
  readonly features: readonly Feature[];
  readonly layers: readonly number[];
  readonly activation: string;
  /** Empty: one that suits the activation. */
  readonly initialization: string;
  readonly batchNorm: boolean;
  readonly dropout: number;
  readonly optimizer: string;
  readonly learningRate: number;
  readonly batch: number;
  readonly schedule: string;
  readonly weightDecay: string;
  readonly strength: number;
  readonly clipping: string;
  readonly epochs: number;
  readonly seed: number;
  /** Updates per second. */
  readonly speed: number;
}

export const defaults: Settings = {
  dataset: 'circles',
  samples: 400,
  noise: 0.1,
  labelNoise: 0,
  validation: 0.5,
  features: ['x1', 'x2'],
  layers: [4, 2],
  activation: 'tanh',
  initialization: '',
  batchNorm: false,
  dropout: 0,
  optimizer: 'adam',
  learningRate: 0.03,
  batch: 10,
  schedule: 'constant',
  weightDecay: 'none',
  strength: 0.001,
  clipping: 'none',
  epochs: 1000,
  seed: 1,
  speed: 200,
};

export const mostLayers = 6;
export const mostUnits = 8;

type Name = keyof Settings;
const names = Object.keys(defaults) as Name[];

const written = (value: Settings[Name]): string => (Array.isArray(value) ? value.join('-') : String(value));

/** Writes the settings that differ from the defaults into the query, and removes the others. */
export function writeSettings(settings: Settings, search: URLSearchParams): void {
  for (const name of names) {
    const value = written(settings[name]);
    if (value === written(defaults[name])) {
      search.delete(name);
    } else {
      search.set(name, value);
    }
  }
}

const isFeature = (name: string): name is Feature => (features as readonly string[]).includes(name);

function parsed(name: Name, text: string): Settings[Name] | null {
  const usual = defaults[name];
  if (name === 'features') {
    const chosen = text.split('-').filter(isFeature);
    return chosen.length === 0 ? null : features.filter((feature) => chosen.includes(feature));
  }
  if (name === 'layers') {
    const units = text === '' ? [] : text.split('-').map(Number);
    return units.every((one) => Number.isInteger(one) && one >= 1 && one <= 64) ? units.slice(0, mostLayers) : null;
  }
  if (typeof usual === 'number') {
    const number = Number(text);
    return text !== '' && Number.isFinite(number) && number >= 0 ? number : null;
  }
  return typeof usual === 'boolean' ? text === 'true' : text;
}

/** The settings of a query; what is missing or not understood has its default. */
export const readSettings = (search: URLSearchParams): Settings =>
  Object.fromEntries(
    names.map((name) => {
      const text = search.get(name);
      return [name, (text === null ? null : parsed(name, text)) ?? defaults[name]];
    }),
  ) as unknown as Settings;

/** Activations that Xavier's initialization suits, not He's. */
const bounded = new Set(['sigmoid', 'tanh', 'identity']);

export const initializationOf = ({ initialization, activation }: Settings): string =>
  initialization !== '' ? initialization : bounded.has(activation) ? 'xavier' : 'he';

/** The spec of a run with these settings. */
export function specOf(settings: Settings, name: string, epochs = settings.epochs): JsonObject {
  const isPlain = settings.features.join() === defaults.features.join();
  const decay: Json =
    settings.weightDecay === 'none' ? 'none' : { name: settings.weightDecay, strength: settings.strength };
  return {
    name,
    experiment: 'playground',
    seed: settings.seed,
    data: {
      dataset: {
        name: settings.dataset,
        trainSamples: settings.samples,
        testSamples: 200,
        noise: settings.noise,
      },
      validationFraction: settings.validation,
      labelNoise: settings.labelNoise,
      seed: settings.seed,
      ...(isPlain
        ? {}
        : { features: Object.fromEntries(features.map((one) => [one, settings.features.includes(one)])) }),
    },
    model: {
      kind: 'mlp',
      dense: [...settings.layers],
      activation: settings.activation,
      initialization: initializationOf(settings),
      batchNorm: settings.batchNorm,
      dropout: { dense: settings.dropout },
    },
    training: {
      epochs,
      batchSize: settings.batch,
      optimizer: { name: settings.optimizer, learningRate: settings.learningRate },
      schedule: settings.schedule,
      weightDecay: decay,
      gradientClipping: settings.clipping,
      precision: 'float32',
    },
  };
}

/** Epochs of the run that is equal to what was trained so far; a schedule needs its whole length. */
export const epochsToSave = (settings: Settings, trained: number): number =>
  settings.schedule === 'constant' ? Math.max(1, trained) : settings.epochs;
