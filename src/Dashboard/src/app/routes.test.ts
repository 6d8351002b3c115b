// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { findRoute, isWithin, routes } from './routes';

describe('routes', () => {
  it('finds the route and the id of a path', () => {
    expect(findRoute('/runs/')?.route).toBe(findRoute('/runs')?.route);
    expect(findRoute('/')?.route).not.toBe(findRoute('/runs')?.route);
    expect(findRoute('/runs/a%2Fb')?.id).toBe('a/b');
    expect(findRoute('/runs/a/b')).toBeNull();
    expect(findRoute('/nowhere')).toBeNull();
  });

  it('has a page for every navigation entry', () => {
    for (const { entry } of routes) {
      expect(entry === undefined || findRoute(entry.href)?.route.entry === entry).toBe(true);
    }
  });

  it('marks the runs entry as current for a run', () => {
    expect(isWithin('/runs', '/runs/1')).toBe(true);
    expect(isWithin('/', '/runs/1')).toBe(false);
    expect(isWithin('/', '/system')).toBe(false);
    expect(isWithin('/system', '/system')).toBe(true);
    expect(routes.flatMap(({ entry }) => (entry && isWithin(entry.href, '/replay') ? entry.href : []))).toEqual([
      '/compare',
    ]);
  });
});
