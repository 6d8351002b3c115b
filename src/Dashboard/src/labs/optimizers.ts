/** The optimizers of the catalog with the learning rate of the lecture, or one that suits the bowl. */
export const optimizers = [
  { name: 'sgd', title: 'SGD', rate: 0.95 },
  { name: 'momentum', title: 'Momentum', rate: 0.1 },
  { name: 'nesterov', title: 'Nesterov', rate: 0.1 },
  { name: 'adagrad', title: 'AdaGrad', rate: 1.5 },
  { name: 'rmsprop', title: 'RMSProp', rate: 0.1 },
  { name: 'adam', title: 'Adam', rate: 0.3 },
  { name: 'adamw', title: 'AdamW', rate: 0.3 },
  { name: 'adadelta', title: 'AdaDelta', rate: 1 },
  { name: 'nadam', title: 'NAdam', rate: 0.3 },
  { name: 'adamax', title: 'AdaMax', rate: 0.3 },
  { name: 'lion', title: 'Lion', rate: 0.1 },
  { name: 'muon', title: 'Muon', rate: 0.3 },
] as const;

export const optimizerTitle = (name: string): string => optimizers.find((one) => one.name === name)?.title ?? name;

export interface ChosenOptimizer {
  readonly name: string;
  readonly learningRate: number;
  readonly [parameter: string]: unknown;
}

/** An optimizer of a request: its name, or an object. */
export function chosenOf(value: unknown): ChosenOptimizer {
  const fields: Readonly<Record<string, unknown>> =
    typeof value === 'object' && value !== null ? { ...value } : { name: value };
  const name = typeof fields.name === 'string' ? fields.name : 'sgd';
  const rate = fields.learningRate;
  return {
    ...fields,
    name,
    learningRate: typeof rate === 'number' ? rate : (optimizers.find((one) => one.name === name)?.rate ?? 0.1),
  };
}
