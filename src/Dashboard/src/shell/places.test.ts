// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { findPlace, isWithin, places } from './places';

describe('places', () => {
  it('finds the page and the id of a path', () => {
    expect(findPlace('/')?.place).toBe(findPlace('/runs')?.place);
    expect(findPlace('/runs/a%2Fb')?.id).toBe('a/b');
    expect(findPlace('/runs/a/b')).toBeNull();
    expect(findPlace('/nowhere')).toBeNull();
  });

  it('leads to a page from every entry of the navigation', () => {
    for (const { entry } of places) {
      expect(entry === undefined || findPlace(entry.href)?.place.entry === entry).toBe(true);
    }
  });

  it('marks a run as a part of the runs, and nothing else', () => {
    expect(isWithin('/', '/runs/1')).toBe(true);
    expect(isWithin('/', '/system')).toBe(false);
    expect(isWithin('/system', '/system')).toBe(true);
  });
});
