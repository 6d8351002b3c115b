import { at, childOf, isObject, type Json, put } from '../json/pointer';
import { techniquePointers } from '../spec/layout';
import { defaults, features, type Settings } from './settings';

/** Where the spec has what the controls of the page set. */
const places = {
  dataset: '/data/dataset/name',
  samples: '/data/dataset/trainSamples',
  noise: '/data/dataset/noise',
  labelNoise: '/data/labelNoise',
  validation: '/data/validationFraction',
  layers: '/model/dense',
  activation: '/model/activation/name',
  optimizer: '/training/optimizer/name',
  learningRate: '/training/optimizer/learningRate',
  batch: '/training/batchSize',
  weightDecay: '/training/weightDecay/name',
  strength: '/training/weightDecay/strength',
  seed: '/seed',
} as const satisfies Partial<Record<keyof Settings, string>>;

type Placed = keyof typeof places;
const placed = Object.keys(places) as Placed[];

/** Whether a control of the page sets the value at a pointer. */
export const isPlaced = (pointer: string): boolean => placed.some((name) => places[name] === pointer);

/** A network that trains until it is stopped, and with the same results on each machine. */
const usual = {
  experiment: 'playground',
  model: { kind: 'mlp' },
  training: { epochs: 1000, precision: 'float32' },
};

/** The spec as it is written: without the initialization that follows from the activation. Each technique is an object. */
export function documentOf(settings: Settings): Json {
  return Object.entries(settings.more).reduce<Json>(
    (document, [pointer, value]) => put(document, pointer, value),
    ownDocument(settings),
  );
}

function ownDocument(settings: Settings): Json {
  const document = placed
    .filter((name) => name !== 'strength' || settings.weightDecay !== 'none')
    .reduce<Json>((made, name) => put(made, places[name], copyOf(settings[name])), {
      ...usual,
      data: { seed: settings.seed },
    });
  return settings.features.join() === defaults.features.join()
    ? document
    : put(
        document,
        '/data/features',
        Object.fromEntries(features.map((one) => [one, settings.features.includes(one)])),
      );
}

const copyOf = (value: Settings[Placed]): Json => (typeof value === 'object' ? [...value] : value);

/** The settings that have an edited spec. */
export function withDocument(settings: Settings, edited: Json): Settings {
  const document = techniquePointers.reduce((made, pointer) => {
    const value = at(made, pointer);
    return typeof value === 'string' ? put(made, pointer, { name: value }) : made;
  }, edited);
  const own = placed.flatMap((name) => {
    const value = at(document, places[name]);
    return typeof value === typeof settings[name] ? [[name, value] as const] : [];
  });
  const next: Settings = { ...settings, ...Object.fromEntries(own) };
  const [before, after] = [leavesOf(ownDocument(next)), leavesOf(document)];
  const pointers = [...new Set([...before.keys(), ...after.keys()])];
  const differing = pointers.filter(
    (pointer) => JSON.stringify(before.get(pointer)) !== JSON.stringify(after.get(pointer)),
  );
  return { ...next, more: Object.fromEntries(differing.map((pointer) => [pointer, after.get(pointer)])) };
}

/** The settings with changes by the controls of the page. A technique of another name has none of the parameters of the one before. */
export function withChanges(settings: Settings, changes: Partial<Settings>): Settings {
  const gone = placed
    .filter((name) => places[name].endsWith('/name') && name in changes && changes[name] !== settings[name])
    .map((name) => places[name].slice(0, -'name'.length));
  const kept = Object.entries(settings.more).filter(([pointer]) => !gone.some((parent) => pointer.startsWith(parent)));
  return { ...settings, more: Object.fromEntries(kept), ...changes };
}

/** Every value of a document that is not an object with members, by its pointer. */
function leavesOf(value: Json, pointer = ''): Map<string, Json> {
  return isObject(value) && Object.keys(value).length > 0
    ? new Map(Object.entries(value).flatMap(([name, child]) => [...leavesOf(child, childOf(pointer, name))]))
    : new Map([[pointer, value]]);
}

/** Activations that Xavier's initialization suits, not He's. */
const bounded = new Set(['sigmoid', 'tanh', 'identity']);

/** The spec that is trained: a document with the techniques that it does not name. The initialization suits the activation. */
export function specOf(document: Json): Json {
  const isBounded = bounded.has(String(at(document, '/model/activation/name')));
  const unnamed: readonly (readonly [pointer: string, name: string])[] = [
    ['/model/initialization', isBounded ? 'xavier' : 'he'],
    ['/training/schedule', 'constant'],
    ['/training/gradientClipping', 'none'],
  ];
  return unnamed.reduce(
    (spec, [pointer, name]) => (at(spec, pointer) === undefined ? put(spec, pointer, name) : spec),
    document,
  );
}

/** Epochs of the run that is equal to what was trained so far; a schedule needs its whole length. */
export function epochsToSave(document: Json, trained: number, all: number): number {
  const schedule = at(document, '/training/schedule');
  const isConstant = !isObject(schedule) || (schedule.name === 'constant' && Object.keys(schedule).length === 1);
  return isConstant ? Math.max(1, trained) : all;
}

/** The spec of a run with a name, trained for some epochs. */
export const specToSave = (document: Json, name: string, epochs: number): Json =>
  put(put(specOf(document), '/name', name), '/training/epochs', epochs);
