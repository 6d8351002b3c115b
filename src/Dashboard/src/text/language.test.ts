// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { en } from './en';
import { ko } from './ko';
import { readLanguage } from './language';

type Tree = { readonly [key: string]: unknown };

/** The paths of all leaves, with their types. */
const shapeOf = (tree: Tree, path = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) => {
    const here = `${path}.${key}`;
    return typeof value === 'object' && value !== null
      ? shapeOf(value as Tree, here)
      : [`${here} ${value === null ? 'null' : typeof value}`];
  });

describe('languages', () => {
  beforeEach(() => localStorage.clear());

  it('have the same texts; Korean also has labels that English derives from names, and the messages of the service', () => {
    const left = shapeOf(en)
      .filter((path) => path.endsWith(' null'))
      .map((path) => path.replace(/ null$/, ''));
    const shared = (path: string) => !left.some((start) => path.startsWith(start));
    expect(left).not.toContain('');
    expect(shapeOf(ko)).toEqual(expect.arrayContaining(shapeOf(en).filter(shared)));
    expect(shapeOf(en)).toEqual(
      expect.arrayContaining(
        shapeOf(ko).filter(
          (path) => shared(path) && !/^\.newRun\.(?:names|choices)\.|^\.findings\.measures\./.test(path),
        ),
      ),
    );
  });

  it('have no empty text', () => {
    for (const language of [en, ko]) {
      expect(JSON.stringify(language)).not.toContain('""');
    }
  });

  it('follow the stored choice, then the browser, then English', () => {
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
