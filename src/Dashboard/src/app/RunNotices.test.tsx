// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { unwatchRun, watchRun } from '../live/watchedRuns';
import { unwatchStudy, watchStudy } from '../live/watchedStudies';
import { renderPage, serve } from '../testing/renderPage';
import { summary } from '../testing/samples';
import { toggleNotify } from './browserNotices';
import { RunNotices } from './RunNotices';

const id = summary().id;
const ended = summary({ state: 'succeeded', finishedAt: '2026-11-21T08:01:00Z', bestValidationAccuracy: 0.75 });
const changes = (...changed: unknown[]) => ({ changed, deleted: [], studies: [], missed: false });

async function open(address = '/') {
  const hub = await renderPage(<RunNotices />, address);
  await waitFor(() => hub.newest('WatchRunChanges'));
  act(() => hub.newest('WatchRunChanges').send(changes()));
  return hub;
}

describe('RunNotices', () => {
  beforeEach(() => {
    unwatchRun(id);
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
    serve({ [`GET /api/v1/runs/${id}`]: () => summary() });
  });

  it('tells once that a run has ended whose page was open', async () => {
    watchRun(id);
    const hub = await open();
    act(() => hub.newest('WatchRunChanges').send(changes(ended)));
    expect(screen.getByText('small cnn').getAttribute('href')).toBe(`/runs/${id}`);
    expect(screen.getByRole('status').textContent).toContain('Finished · best validation accuracy 75.00%');
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    act(() => hub.newest('WatchRunChanges').send(changes(ended)));
    expect(screen.queryByText('small cnn')).toBeNull();
  });

  it.each([
    ['whose page is in sight', `/runs/${id}`, true],
    ['that nobody here waits for', '/', false],
  ])('is silent about a run %s', async (_, address, isWatched) => {
    if (isWatched) {
      watchRun(id);
    }
    const hub = await open(address);
    act(() => hub.newest('WatchRunChanges').send(changes(ended)));
    expect(screen.queryByText('small cnn')).toBeNull();
  });

  it('tells about an end during a loss of the connection', async () => {
    watchRun(id);
    serve({ [`GET /api/v1/runs/${id}`]: () => ended });
    await open();
    expect(await screen.findByText('small cnn')).toBeDefined();
  });

  it('tells once that a study has ended whose page was open', async () => {
    const study = { id: 'study-1', name: 'Learning rates', metric: 'validation_accuracy' };
    let state = 'running';
    const requests = serve({
      'GET /api/v1/studies/study-1': () => ({ ...study, state, best: { number: 3, value: 0.875, assignment: {} } }),
    });
    const asked = () => requests.filter(({ url }) => url.endsWith('/studies/study-1')).length;
    watchStudy('study-1');
    try {
      const hub = await open();
      const push = (...studies: string[]) =>
        act(async () => hub.newest('WatchRunChanges').send({ ...changes(), studies }));
      await waitFor(() => expect(asked()).toBe(1));
      await push('study-2');
      await push('study-1');
      await waitFor(() => expect(asked()).toBe(2));
      expect(screen.queryByText('Learning rates')).toBeNull();
      state = 'completed';
      await push('study-1');
      expect((await screen.findByText('Learning rates')).getAttribute('href')).toBe('/studies/study-1');
      expect(screen.getByRole('status').textContent).toContain('Completed · best 87.50%');
      await push('study-1');
      expect(asked()).toBe(3);
    } finally {
      unwatchStudy('study-1');
    }
  });

  it('changes the title of a hidden window until it is seen, and shows a notification if wanted', async () => {
    const shown: [string, unknown][] = [];
    class Browser {
      static permission = 'default';
      static requestPermission = async () => {
        Browser.permission = 'granted';
      };
      constructor(title: string, options: unknown) {
        shown.push([title, options]);
      }
    }
    vi.stubGlobal('Notification', Browser);
    await toggleNotify();
    watchRun(id);
    const hub = await open(`/runs/${id}`);
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    act(() => hub.newest('WatchRunChanges').send(changes(ended)));
    expect(document.title).toBe('Finished: small cnn · Trainyard');
    expect(shown).toEqual([['small cnn', expect.objectContaining({ tag: id })]]);
    visibility.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(document.title).not.toContain('Finished');
  });
});
