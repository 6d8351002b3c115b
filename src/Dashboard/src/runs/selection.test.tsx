// @vitest-environment jsdom
import { act, renderHook, screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { renderPage } from '../testing/renderPage';
import { summary } from '../testing/samples';
import { clearSelection, toggleSelected, useDeselectDeleted, useSelected } from './selection';

const [first, second] = [summary({ id: 'a', name: 'first' }), summary({ id: 'b', name: 'second' })];

function Names() {
  useDeselectDeleted();
  return <p>selected: {[...useSelected().values()].map(({ name }) => name).join(', ')}</p>;
}

beforeEach(clearSelection);

it('loses the runs that are deleted', async () => {
  toggleSelected(first);
  toggleSelected(second);
  const hub = await renderPage(<Names />);
  expect(screen.getByText('selected: first, second')).toBeDefined();
  act(() => hub.newest('WatchRunChanges').send({ changed: [], deleted: ['a'], studies: [], missed: false }));
  expect(screen.getByText('selected: second')).toBeDefined();
});

it('survives a reload', async () => {
  toggleSelected(second);
  vi.resetModules();
  const reloaded = await import('./selection');
  const { result } = renderHook(() => reloaded.useSelected());
  expect([...result.current.values()]).toEqual([second]);
  clearSelection();
  expect(sessionStorage.length).toBe(0);
});
