import type { Json } from '../json/pointer';

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
  readonly optimizer: string;
  readonly learningRate: number;
  readonly batch: number | 'full';
  readonly weightDecay: string;
  readonly strength: number;
  readonly seed: number;
  /** Updates per second. */
  readonly speed: number;
  readonly more: More;
}

/** What else the spec has: values by their JSON pointers, none of which is an object with members. Undefined: a member that is taken away. */
export type More = Readonly<Record<string, Json | undefined>>;

export const defaults: Settings = {
  dataset: 'circles',
  samples: 400,
  noise: 0.1,
  labelNoise: 0,
  validation: 0.5,
  features: ['x1', 'x2'],
  layers: [4, 2],
  activation: 'tanh',
  optimizer: 'adam',
  learningRate: 0.03,
  batch: 10,
  weightDecay: 'none',
  strength: 0.001,
  seed: 1,
  speed: 200,
  more: {},
};

export const mostLayers = 6;
export const mostUnits = 8;

type Name = Exclude<keyof Settings, 'more'>;
const names = Object.keys(defaults).filter((name): name is Name => name !== 'more');

/** Members of the spec with a short name in the address; the others are there by their pointers, with dots: training.labelSmoothing. */
const shortNames: Readonly<Record<string, string>> = {
  '/model/initialization/name': 'initialization',
  '/model/batchNorm': 'batchNorm',
  '/model/dropout/dense': 'dropout',
  '/training/schedule/name': 'schedule',
  '/training/gradientClipping/name': 'clipping',
  '/training/epochs': 'epochs',
};
const pointers = new Map(Object.entries(shortNames).map(([pointer, name]) => [name, pointer]));

const isMore = (name: string): boolean => pointers.has(name) || /^(data|model|training)(\.\w+)+$/.test(name);
const pointerOf = (name: string): string => pointers.get(name) ?? `/${name.replaceAll('.', '/')}`;
const nameOf = (pointer: string): string => shortNames[pointer] ?? pointer.slice(1).replaceAll('/', '.');

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
  for (const name of [...search.keys()].filter(isMore)) {
    search.delete(name);
  }
  for (const [pointer, value] of Object.entries(settings.more)) {
    search.set(nameOf(pointer), writtenJson(value));
  }
}

/** A value as JSON, a string as it is where it can be told from one; nothing for a member that is taken away. */
const writtenJson = (value: Json | undefined): string =>
  value === undefined
    ? ''
    : typeof value === 'string' && value !== '' && parsedJson(value) === value
      ? value
      : JSON.stringify(value);

function parsedJson(text: string): Json | undefined {
  try {
    return text === '' ? undefined : (JSON.parse(text) as Json);
  } catch {
    return text;
  }
}

const isFeature = (name: string): name is Feature => (features as readonly string[]).includes(name);

function parsed(name: Name, text: string): Settings[Name] | null {
  if (name === 'features') {
    const chosen = text.split('-').filter(isFeature);
    return chosen.length === 0 ? null : features.filter((feature) => chosen.includes(feature));
  }
  if (name === 'layers') {
    const units = text === '' ? [] : text.split('-').map(Number);
    return units.every((one) => Number.isInteger(one) && one >= 1 && one <= 64) ? units.slice(0, mostLayers) : null;
  }
  if (name === 'batch' && text === 'full') {
    return text;
  }
  if (typeof defaults[name] === 'number') {
    const number = Number(text);
    return text !== '' && Number.isFinite(number) && number >= 0 ? number : null;
  }
  return text;
}

/** The settings of a query; what is missing or not understood has its default. What else the spec has is for the service to check. */
export function readSettings(search: URLSearchParams): Settings {
  const named = names.map((name) => {
    const text = search.get(name);
    return [name, (text === null ? null : parsed(name, text)) ?? defaults[name]];
  });
  const more = [...search].filter(([name]) => isMore(name)).map(([name, text]) => [pointerOf(name), parsedJson(text)]);
  return { ...Object.fromEntries(named), more: Object.fromEntries(more) };
}
