// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderPage, serve } from '../testing/renderPage';
import { detail, summary } from '../testing/samples';
import { HomePage } from './HomePage';
import { experimentsOf } from './useLatest';

const page = (items: unknown[]) => ({ items, next: null });
const second = '019a0000-0000-7000-8000-000000000002';
const changes = (changed: unknown[], deleted: string[] = []) => ({ changed, deleted, studies: [], missed: false });

describe('HomePage', () => {
  it('starts XOR with one click where there are no runs', async () => {
    const requests = serve({
      'GET /api/v1/runs': () => page([]),
      'POST /api/v1/runs': () => detail({ id: second }),
    });
    await renderPage(<HomePage />);
    fireEvent.click(await screen.findByRole('button', { name: /^Train XOR \(1/ }));
    await waitFor(() => expect(window.location.pathname).toBe(`/runs/${second}`));
    const body = await requests.find(({ method }) => method === 'POST')?.json();
    expect(body.data.dataset).toBe('xor');
    expect(document.title).toBe('Home · Trainyard');
  });

  it('shows runs in progress, the latest runs and their experiments, live', async () => {
    serve({
      'GET /api/v1/runs': () => page([summary({ id: second, name: 'old', state: 'succeeded' })]),
    });
    const hub = await renderPage(<HomePage />);
    const latest = await screen.findByRole('list', { name: 'Latest runs' });
    expect(screen.queryByRole('region', { name: 'In progress' })).toBeNull();
    expect(screen.queryByRole('button', { name: /XOR/ })).toBeNull();
    const id = '019a0000-0000-7000-8000-000000000003';
    act(() => hub.newest('WatchRunChanges').send(changes([summary({ id, name: 'new' })])));
    const active = await screen.findByRole('region', { name: 'In progress' });
    expect(active.textContent).toContain('epoch 2 of 4');
    expect(
      within(latest)
        .getAllByRole('link')
        .map(({ textContent }) => textContent),
    ).toEqual(['old']);
    expect(screen.getByRole('region', { name: 'Experiments' }).textContent).toContain('batch norm2 runs · best 75.00%');
    act(() => hub.newest('WatchRunChanges').send(changes([], [id])));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'In progress' })).toBeNull());
  });

  it('shows a run in progress that is older than the latest page, and no best that may not be the best', async () => {
    const started = summary({ name: 'long', experiment: 'long ago' });
    const latest = [
      summary({ id: second, state: 'succeeded', experiment: 'all known' }),
      summary({ id: '019a0000-0000-7000-8000-000000000003', state: 'succeeded', experiment: 'more' }),
    ];
    serve({
      'GET /api/v1/runs': ({ url }) =>
        new URL(url).searchParams.getAll('state').includes('running')
          ? page([started])
          : { items: latest, next: 'older' },
      'GET /api/v1/experiments': () => ({
        items: [
          { name: 'all known', runs: 1, description: '', latestRun: second },
          { name: 'more', runs: 7, description: '', latestRun: second },
        ],
        next: null,
      }),
    });
    await renderPage(<HomePage />);
    expect((await screen.findByRole('region', { name: 'In progress' })).textContent).toContain('long');
    const experiments = screen.getByRole('region', { name: 'Experiments' });
    await waitFor(() => expect(experiments.textContent).toBe('Experimentsall known1 run · best 75.00%more7 runs'));
  });

  it('shows the latest studies, and keeps their trials out of the latest runs', async () => {
    const study = '019a0000-0000-7000-8000-0000000000aa';
    serve({
      'GET /api/v1/runs': () =>
        page([
          summary({ id: second, name: 'trial', state: 'succeeded', studyId: study, trial: 0 }),
          summary({ id: '019a0000-0000-7000-8000-000000000003', name: 'alone', state: 'succeeded' }),
        ]),
      'GET /api/v1/studies': () => ({
        items: [
          {
            id: study,
            name: 'learning rates',
            state: 'running',
            metric: 'validation_accuracy',
            trials: 20,
            counts: { waiting: 1, running: 2, paused: 0, completed: 5, stopped: 3, failed: 1, infeasible: 0 },
            best: { number: 4, value: 0.9, assignment: {}, runs: [second] },
          },
        ],
        next: null,
      }),
    });
    await renderPage(<HomePage />);
    const card = await screen.findByRole('region', { name: 'Studies' });
    expect(card.textContent).toContain('9 of 20 trials · best 90.00%');
    expect(within(card).getByRole('link', { name: 'learning rates' }).getAttribute('href')).toBe(`/studies/${study}`);
    const latest = screen.getByRole('list', { name: 'Latest runs' });
    expect(
      within(latest)
        .getAllByRole('link')
        .map(({ textContent }) => textContent),
    ).toEqual(['alone']);
  });

  it('offers no run with the scope Read', async () => {
    serve({ 'GET /api/v1/runs': () => page([]) });
    await renderPage(<HomePage />, '/', { authentication: 'tokens', name: 'ada', scope: 'read', provider: null });
    await screen.findByRole('heading', { level: 1 });
    expect(screen.queryByRole('link', { name: 'New run' })).toBeNull();
    expect(screen.queryByRole('button', { name: /XOR/ })).toBeNull();
  });

  it('passes an address of the run table on', async () => {
    serve({ 'GET /api/v1/runs': () => page([]) });
    await renderPage(<HomePage />, '/?tag=cnn');
    expect(`${window.location.pathname}${window.location.search}`).toBe('/runs?tag=cnn');
  });
});

describe('experimentsOf', () => {
  it('counts runs, and knows the best, in the order of the latest', () => {
    const run = (experiment: string, bestValidationAccuracy: number | null) =>
      summary({ experiment, bestValidationAccuracy });
    expect(experimentsOf([run('b', null), run('a', 0.2), run('b', 0.1), run('a', 0.9)])).toEqual([
      { name: 'b', runs: 2, best: 0.1 },
      { name: 'a', runs: 2, best: 0.9 },
    ]);
  });
});
