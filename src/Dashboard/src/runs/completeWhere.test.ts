import { describe, expect, it } from 'vitest';
import type { FilterFieldEntry } from '../api/types';
import { complete, quoted } from './completeWhere';

const field = (name: string, kind: FilterFieldEntry['kind'], choices: string[] = []): FilterFieldEntry => ({
  name,
  kind,
  pointer: null,
  choices,
});
const fields = [
  field('accuracy', 'number'),
  field('loss', 'number'),
  field('optimizer', 'choice', ['adam', 'adagrad', 'sgd']),
  field('experiment', 'text', ['batch norm', 'and']),
];
/** The suggestions at the mark |. */
const at = (marked: string) => {
  const caret = marked.indexOf('|');
  return complete(marked.replace('|', ''), caret, fields);
};
const values = (marked: string) => at(marked).suggestions.map(({ value }) => value);

describe('completion of a filter expression', () => {
  it('begins with the fields', () => {
    expect(values('|')).toEqual(['accuracy', 'loss', 'optimizer', 'experiment']);
    expect(values('o|')).toEqual(['optimizer', 'loss']);
    expect(values('accuracy > 0.9 and Opt|')).toEqual(['optimizer']);
    expect(values('not (l|')).toEqual(['loss']);
  });

  it('has operators after a field, by its kind', () => {
    expect(values('accuracy |')).toEqual(['>', '>=', '<', '<=', '=', '!=']);
    expect(values('optimizer |')).toEqual(['=', '!=', 'in', '~']);
  });

  it('has values after an operator, and in a list', () => {
    expect(values('optimizer = |')).toEqual(['adam', 'adagrad', 'sgd']);
    expect(values('optimizer = ad|')).toEqual(['adam', 'adagrad']);
    expect(values('optimizer=s|')).toEqual(['sgd']);
    expect(values('optimizer in (adam, |')).toEqual(['adam', 'adagrad', 'sgd']);
    expect(values('experiment = |')).toEqual(['"batch norm"', '"and"']);
    expect(values('experiment = "ba|')).toEqual(['"batch norm"']);
    expect(values('accuracy > |')).toEqual([]);
  });

  it('has and and or after a comparison', () => {
    expect(values('accuracy > 0.9 |')).toEqual(['and', 'or']);
    expect(values('(accuracy > 0.9) a|')).toEqual(['and']);
    expect(values('optimizer in (adam) |')).toEqual(['and', 'or']);
  });

  it('replaces the word at the caret, and is silent when it is complete', () => {
    expect(at('opt|imi > 3')).toMatchObject({ from: 0, to: 6 });
    expect(values('optimizer|')).toEqual([]);
  });
});

describe('a value', () => {
  it('is quoted where it is not one word', () => {
    expect(['adam', '1e-3', '실험-1', 'a b', 'say "x"', 'or', ''].map(quoted)).toEqual([
      'adam',
      '1e-3',
      '실험-1',
      '"a b"',
      '"say ""x"""',
      '"or"',
      '""',
    ]);
  });
});
