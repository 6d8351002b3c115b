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
    return typeof value === 'object' && value !== null
      ? shapeOf(value as Tree, here)
      : [`${here} ${value === null ? 'null' : typeof value}`];
  });

describe('languages', () => {
  beforeEach(() => localStorage.clear());

  it('translate the same things; Korean also has names that English makes from the words, and what the service says in English', () => {
    const left = shapeOf(en)
      .filter((path) => path.endsWith(' null'))
      .map((path) => path.replace(/ null$/, ''));
    const shared = (path: string) => !left.some((start) => path.startsWith(start));
    expect(left).not.toContain('');
    expect(shapeOf(ko)).toEqual(expect.arrayContaining(shapeOf(en).filter(shared)));
    expect(shapeOf(en)).toEqual(
      expect.arrayContaining(
        shapeOf(ko).filter((path) => shared(path) && !/^\.newRun\.names\.|^\.findings\.measures\./.test(path)),
      ),
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
