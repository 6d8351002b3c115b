// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { en } from './en';
import { ko } from './ko';
import { readLanguage } from './language';

type Tree = { readonly [key: string]: unknown };

/** Each path of the tree with the kind of its leaf; functions with the number of what they take. */
const shapeOf = (tree: Tree, path = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) => {
    const here = `${path}.${key}`;
    return typeof value === 'object' && value !== null ? shapeOf(value as Tree, here) : [`${here} ${typeof value}`];
  });

describe('languages', () => {
  beforeEach(() => localStorage.clear());

  it('say the same things; names of parameters may be more in Korean, where English makes them from the words', () => {
    expect(shapeOf(ko)).toEqual(expect.arrayContaining(shapeOf(en)));
    expect(shapeOf(en)).toEqual(
      expect.arrayContaining(shapeOf(ko).filter((path) => !path.startsWith('.newRun.names.'))),
    );
  });

  it('leave no text empty', () => {
    for (const language of [en, ko]) {
      expect(JSON.stringify(language)).not.toContain('""');
    }
  });

  it('follow what was chosen, then the browser, then English', () => {
    const wants = (...tags: string[]) => vi.spyOn(navigator, 'languages', 'get').mockReturnValue(tags);
    wants('de-DE', 'ko-KR', 'en');
    expect(readLanguage()).toBe('ko');
    wants('de-DE');
    expect(readLanguage()).toBe('en');
    localStorage.setItem('trainyard.language', 'ko');
    expect(readLanguage()).toBe('ko');
    localStorage.setItem('trainyard.language', 'tlh');
    expect(readLanguage()).toBe('en');
  });
});
