import type { components } from '../api/schema';
import type { RunSummary } from '../api/types';
import { tick } from './format';
import { text } from './text';

/** Kinds of techniques by the member of a spec that has one. */
const kinds: Readonly<Record<string, string>> = {
  dataset: 'dataset',
  preset: 'preset',
  activation: 'activation',
  initialization: 'initialization',
  optimizer: 'optimizer',
  schedule: 'schedule',
  weightDecay: 'weight_decay',
  gradientClipping: 'gradient_clipping',
  precision: 'precision',
};

const nameOf = (kind: string | undefined, id: string): string => text.techniques[`${kind}/${id}`] ?? id;

/** The name of the technique with an id, at a pointer into the spec: SGD for sgd at /training/optimizer. */
export const techniqueName = (pointer: string, id: string): string =>
  nameOf(kinds[pointer.slice(pointer.lastIndexOf('/') + 1)], id);

/** A word at a pointer into the spec as people write it: SGD for sgd at /training/optimizer/name, MLP for mlp at /model/kind. */
export function wordAt(pointer: string, word: string): string {
  const end = pointer.lastIndexOf('/');
  const member = pointer.slice(end + 1);
  return member === 'name'
    ? techniqueName(pointer.slice(0, end), word)
    : pointer === '/model/kind'
      ? (text.newRun.summary.kinds[word] ?? word)
      : kinds[member] === undefined
        ? (text.newRun.choices[word] ?? word)
        : techniqueName(pointer, word);
}

/** A value at a pointer into the spec, for people. */
export const settingText = (
  pointer: string,
  value: components['schemas']['ParameterValue'] | null | undefined,
): string =>
  value === null || value === undefined
    ? text.units.none
    : typeof value === 'number'
      ? tick(value)
      : typeof value === 'boolean'
        ? value
          ? text.newRun.yes
          : text.newRun.no
        : Array.isArray(value)
          ? value.map(tick).join(', ')
          : wordAt(pointer, value);

/** The name of the dataset with an id: CIFAR-10 for cifar-10. */
export const datasetName = (id: string): string => nameOf('dataset', id);

type Techniques = Pick<RunSummary, 'dataset' | 'model' | 'optimizer'>;

/** Dataset, network and optimizer of a run by their names: XOR, MLP, Adam. */
export const techniquesOf = ({ dataset, model, optimizer }: Techniques): readonly string[] => [
  nameOf('dataset', dataset),
  text.techniques[`preset/${model}`] ?? wordAt('/model/kind', model),
  nameOf('optimizer', optimizer),
];
