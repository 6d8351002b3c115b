import { describe, expect, it } from 'vitest';
import {
  draftOf,
  emptyDraft,
  methodOf,
  parameterAt,
  readDraft,
  requestOf,
  type StudyDraft,
  varies,
  withMethod,
  withoutParameter,
  withParameter,
  withParameterOf,
  withValues,
} from './draft';
import { startOf, type Varied, withSpread } from './parameters';

const optimizer: Varied = {
  name: 'Optimizer',
  pointers: ['/training/optimizer'],
  kind: 'categorical',
  values: ['adam', 'sgd'],
};
const rate: Varied = {
  name: 'Learning rate',
  pointers: ['/training/optimizer/learningRate'],
  kind: 'float',
  low: 0.001,
  high: 0.1,
  log: true,
};
const ofAdam: Varied = { ...rate, name: 'Learning rate (Adam)', when: { parameter: 'Optimizer', in: ['adam'] } };
const draftWith = (...parameters: Varied[]): StudyDraft => parameters.reduce(withParameter, emptyDraft);
const names = ({ parameters }: StudyDraft) => parameters.map(({ name }) => name);

describe('a draft of a study', () => {
  it('puts a choice before the parameters of what is chosen, and makes names unique', () => {
    expect(names(draftWith(rate, optimizer, { ...rate, pointers: ['/x'] }))).toEqual([
      'Optimizer',
      'Learning rate',
      'Learning rate 2',
    ]);
  });

  it('knows a setting of all trials from that of a choice', () => {
    const draft = draftWith(optimizer, ofAdam);
    const [pointer = ''] = rate.pointers;
    expect(parameterAt(draft, pointer, null)).toBeUndefined();
    expect(parameterAt(draft, pointer, { parameter: 'Optimizer', value: 'adam' })?.name).toBe('Learning rate (Adam)');
    expect(parameterAt(draft, pointer, { parameter: 'Optimizer', value: 'sgd' })).toBeUndefined();
    expect(parameterAt(draftWith(rate), pointer, null)?.name).toBe('Learning rate');
  });

  it('keeps conditions with the values that they look at', () => {
    const draft = draftWith(optimizer, ofAdam);
    const changed = { name: 'adam', beta1: 0.8 };
    const edited = withValues(draft, optimizer, [changed, 'sgd'], { from: 'adam', to: changed });
    expect(edited.parameters[1]?.when).toEqual({ parameter: 'Optimizer', in: [changed] });
    expect(names(withValues(draft, optimizer, ['sgd']))).toEqual(['Optimizer']);
    expect(names(withoutParameter(draft, optimizer))).toEqual([]);
  });

  it('takes the value of a parameter of a choice away when it varies', () => {
    const set = { ...optimizer, values: [{ name: 'adam', learningRate: 0.05 }, 'sgd'] };
    const draft = withParameterOf(draftWith(set), rate, { parameter: 'Optimizer', value: set.values[0] ?? '' });
    expect(draft.parameters).toEqual([optimizer, { ...rate, when: { parameter: 'Optimizer', in: ['adam'] } }]);
  });

  it('takes a grid for lists and TPE for ranges, until a person chooses', () => {
    expect(methodOf(draftWith(optimizer))).toBe('grid');
    expect(methodOf(draftWith(optimizer, ofAdam))).toBe('tpe');
    const grid = withMethod(draftWith(rate), 'grid');
    expect(methodOf(grid)).toBe('grid');
    expect(grid.parameters[0]?.points).toBe(5);
  });

  it('repeats the spec over seeds where nothing else varies, and leaves the test set closed', () => {
    const draft = { ...emptyDraft, seeds: 5 };
    expect(varies(emptyDraft)).toBe(false);
    expect(varies(draft)).toBe(true);
    const spec = { training: { epochs: 2, optimizer: 'adam', evaluateTest: true } };
    expect(requestOf(draft, spec, null, 'five', 'Optimizer')).toEqual({
      name: 'five',
      spec: { training: { epochs: 2, optimizer: 'adam' } },
      parameters: [{ name: 'Optimizer', pointers: ['/training/optimizer'], kind: 'categorical', values: ['adam'] }],
      method: { name: 'grid' },
      metric: 'validation_accuracy',
      seeds: 5,
    });
  });

  it('is that of a study that exists, and survives storage', () => {
    const draft = draftOf(
      {
        spec: {},
        parameters: [
          { ...rate, kind: 'float', pointers: [...rate.pointers], step: null, values: null, when: null } as never,
        ],
        method: { name: 'tpe', scramble: null, multivariate: false },
        stopping: { name: 'asha', minimumEpochs: 2 },
        metric: 'validation_loss',
        goal: 'minimize',
        score: 'last',
        epochs: 9,
        device: 'cpu',
        parallelism: 2,
        seeds: [1, 2, 3],
        seed: 1,
        budget: { seconds: 60 },
      },
      40,
    );
    expect(draft).toMatchObject({
      parameters: [rate],
      method: { name: 'tpe' },
      trials: 40,
      seeds: 3,
      budget: { seconds: 60 },
    });
    expect(readDraft(JSON.stringify(draft))).toEqual(draft);
    expect(readDraft('{"parameters": 1}')).toBeNull();
    expect(readDraft('{')).toBeNull();
  });
});

describe('the values of a setting that starts to vary', () => {
  const bounds = { minimum: null, minimumExclusive: false, maximum: null, maximumExclusive: false };
  it('are around its present value', () => {
    expect(startOf({ ...bounds, kind: 'number', minimum: 0, minimumExclusive: true, maximum: 100 }, 0.003)).toEqual({
      kind: 'float',
      low: 0.0003,
      high: 0.03,
      log: true,
    });
    expect(startOf({ ...bounds, kind: 'integer', minimum: 1, maximum: 100 }, 64)).toEqual({
      kind: 'categorical',
      values: [32, 64, 100],
    });
    expect(startOf({ ...bounds, kind: 'number', minimum: 0, maximum: 1, maximumExclusive: true }, 0.9)).toEqual({
      kind: 'float',
      low: 0,
      high: 0.9,
    });
  });

  it('stay the same over a list, a range and a logarithmic range, as far as they can', () => {
    const list = withSpread({ ...rate, low: 0.01, high: 1 }, 'list', false, false);
    expect(list).toMatchObject({ kind: 'categorical', values: [0.01, 0.1, 1] });
    expect('log' in list).toBe(false);
    expect(withSpread(list, 'range', false, true)).toEqual({
      name: rate.name,
      pointers: rate.pointers,
      kind: 'float',
      low: 0.01,
      high: 1,
      points: 5,
    });
    expect(withSpread({ ...list, values: [4] }, 'log', true, false)).toMatchObject({
      kind: 'int',
      low: 0,
      high: 40,
      log: true,
    });
  });
});
