import type { Catalog, ParameterDefinition, TechniqueDefinition } from '../api/types';

const parameter = (name: string, changes: Partial<ParameterDefinition> = {}): ParameterDefinition => ({
  name,
  kind: 'number',
  default: null,
  minimum: null,
  minimumExclusive: false,
  maximum: null,
  maximumExclusive: false,
  nullable: false,
  maximumItems: null,
  choices: null,
  unit: null,
  explanation: `What ${name} does.`,
  ...changes,
});

const technique = (
  kind: TechniqueDefinition['kind'],
  name: string,
  ...parameters: ParameterDefinition[]
): TechniqueDefinition => ({
  kind,
  pointer: `/${kind}`,
  name,
  title: name.toUpperCase(),
  formula: null,
  explanation: `What ${name} is.`,
  source: '-',
  stateTensors: 0,
  parameters,
});

const field = (pointer: string, changes: Partial<ParameterDefinition> = {}) => ({
  pointer,
  definition: parameter(pointer.replace('/*', '').split('/').at(-1) ?? '', changes),
});

/** A small catalog with entries of every kind. */
export const catalog: Catalog = {
  techniques: [
    technique('dataset', 'xor', parameter('noise', { default: 0.1, minimum: 0, maximum: 1 })),
    technique('dataset', 'shapes'),
    technique('activation', 'relu'),
    technique('activation', 'leaky_relu', parameter('slope', { default: 0.01 })),
    technique('optimizer', 'adam', parameter('learningRate', { default: 0.001 })),
    technique('optimizer', 'sgd', parameter('learningRate', { default: 0.1 })),
    { ...technique('regularization', 'batch_norm'), pointer: '/model/batchNorm', formula: 'y = x', source: 'A paper' },
  ],
  fields: [
    field('/version', { kind: 'integer', default: 1 }),
    field('/name', { kind: 'text', default: 'Untitled run', maximum: 100 }),
    field('/data/trainLimit', { kind: 'integer', nullable: true }),
    field('/model/kind', { kind: 'choice', choices: ['mlp', 'cnn'] }),
    field('/model/blocks/*/filters', { kind: 'integer' }),
    field('/model/blocks/*/pool', { kind: 'choice', default: 'max', choices: ['none', 'max'] }),
    field('/model/dense/*', { kind: 'integer', minimum: 1, maximum: 100 }),
    field('/model/batchNorm/momentum', { default: 0.1, minimum: 0, minimumExclusive: true, maximum: 1 }),
    field('/training/epochs', { kind: 'integer', default: 5 }),
    field('/training/brandNew', { kind: 'boolean', default: false }),
  ],
};
