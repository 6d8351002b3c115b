// @vitest-environment jsdom
import { beforeEach, expect, it } from 'vitest';
import { watchedIds } from './watched';

beforeEach(() => localStorage.clear());

it('is kept over a reload, whatever other tabs write', () => {
  const [one, other] = [watchedIds('key'), watchedIds('key')];
  one.watch('a');
  other.watch('b');
  one.watch('c');
  expect([...watchedIds('key').ids()]).toEqual(['a', 'b', 'c']);
  expect(other.unwatch('b')).toBe(true);
  expect(other.unwatch('b')).toBe(false);
  expect([...watchedIds('key').ids()]).toEqual(['a', 'c']);
});
