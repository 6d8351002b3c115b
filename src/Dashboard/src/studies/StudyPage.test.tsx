// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { catalog } from '../testing/catalog';
import { renderPage, serve } from '../testing/renderPage';
import { rungsOf } from './rungs';
import { StudiesPage } from './StudiesPage';
import { StudyPage } from './StudyPage';
import type { StudyDetail, StudyResult, TrialEntry } from './useStudies';

const allowed = { enabled: true, code: null, arguments: null, reason: null };
const refused = { enabled: false, code: 'wrong_state' as const, arguments: {}, reason: 'No.' };
const id = '01a22000-0000-7000-8000-000000000001';

const study: StudyDetail = {
  id,
  name: 'Optimizers',
  notes: '',
  createdBy: null,
  state: 'completed',
  endReason: null,
  waitsFor: null,
  method: 'grid',
  stopping: null,
  metric: 'validation_accuracy',
  goal: 'maximize',
  trials: 2,
  seeds: 2,
  counts: { running: 0, paused: 0, completed: 2, stopped: 0, failed: 0, infeasible: 0 },
  best: { number: 1, value: 0.91, assignment: { optimizer: 'adam' } },
  testLooks: 0,
  createdAt: '2026-11-21T08:00:00Z',
  updatedAt: '2026-11-21T08:01:00Z',
  endedAt: '2026-11-21T08:01:00Z',
  definition: {
    spec: {},
    parameters: [
      { name: 'optimizer', pointers: ['/training/optimizer'], kind: 'categorical', values: ['sgd', 'adam'] },
    ],
    method: { name: 'grid' },
    stopping: null,
    metric: 'validation_accuracy',
    goal: 'maximize',
    score: 'last',
    epochs: 9,
    device: 'cpu',
    parallelism: 1,
    seeds: [1, 2],
    seed: 1,
    budget: {},
  },
  seconds: 12,
  flops: 1e9,
  looks: [],
  actions: {
    pause: refused,
    resume: refused,
    stop: refused,
    cancel: refused,
    extend: allowed,
    test: allowed,
    delete: allowed,
  },
};

const trial = (number: number, optimizer: string, values: readonly number[]): TrialEntry => ({
  number,
  state: 'completed',
  assignment: { optimizer },
  value: values.reduce((sum, value) => sum + value, 0) / values.length,
  deviation: 0.014,
  seedValues: values.map((value, index) => ({ seed: index + 1, value, run: `${number}${index}` })),
  runs: values.map((_, index) => ({ id: `run-${number}-${index}`, seed: index + 1, state: 'succeeded', progress: 1 })),
  epochs: 9,
  curve: [
    { epoch: 1, value: 0.5 },
    { epoch: 9, value: values[0] ?? 0 },
  ],
  seedCurves: values.map((value, index) => ({
    seed: index + 1,
    points: [
      { epoch: 1, value: 0.5 },
      { epoch: 9, value },
    ],
  })),
  findings: number === 0 ? ['dead_relu'] : [],
  seconds: 3,
  problem: null,
  createdAt: '2026-11-21T08:00:00Z',
  endedAt: '2026-11-21T08:00:30Z',
});

const pair = {
  first: 'adam',
  second: 'sgd',
  isPaired: true,
  seeds: 2,
  difference: 0.1,
  halfWidth: 0.02,
  confidence: 0.95,
  pValue: 0.01,
  adjustedPValue: 0.01,
  isDistinguishable: true,
  requiredSeeds: null,
};
const arm = { seeds: 2, divergedSeeds: 0, standardDeviation: 0.014, halfWidth: 0.02 };
const result: StudyResult = {
  best: study.best,
  comparison: {
    arms: [
      { ...arm, name: 'adam', mean: 0.91 },
      { ...arm, name: 'sgd', mean: 0.81 },
    ],
    pairs: [pair],
    verdict: { kind: 'better', best: 'adam', nearest: pair, notDistinguishable: [] },
  },
  arms: [
    { name: 'adam', trial: 1 },
    { name: 'sgd', trial: 0 },
  ],
  verdict: 'adam is better than sgd by 10 ± 2 points (2 seeds).',
  importance: null,
  savings: [{ rule: 'asha', trials: 9, epochs: 18, epochsWithRule: 9, best: 1, loss: 0 }],
};

const served = (detail: StudyDetail = study) => ({
  [`GET /api/v1/studies/${id}`]: () => detail,
  [`GET /api/v1/studies/${id}/trials`]: () => ({
    items: [trial(0, 'sgd', [0.8, 0.82]), trial(1, 'adam', [0.9, 0.92])],
  }),
  [`GET /api/v1/studies/${id}/result`]: () => result,
});

describe('StudyPage', () => {
  it('says the verdict, and lists the trials with mean, deviation and diagnosis, the best first', async () => {
    serve(served());
    await renderPage(<StudyPage id={id} />, `/studies/${id}`);

    expect(await screen.findByText(result.verdict ?? '')).toBeDefined();
    const rows = (await screen.findAllByRole('row')).map((row) => row.textContent ?? '');
    const trials = rows.filter((row) => row.includes('Completed'));
    expect(trials[0]).toContain('★ 1');
    expect(trials[0]).toContain('91.00% ± 1.40%');
    expect(trials[1]).toContain('Dead ReLU units');
    expect(screen.getByText('#1, kept')).toBeDefined();
    expect(screen.getByRole('link', { name: 'CSV' }).getAttribute('href')).toBe(`/api/v1/studies/${id}/trials.csv`);
  });

  it('offers only the actions that apply, and opens the test set after a confirmation', async () => {
    const requests = serve({
      ...served(),
      [`POST /api/v1/studies/${id}/test`]: () => ({ ...study, testLooks: 1 }),
    });
    await renderPage(<StudyPage id={id} />, `/studies/${id}`);

    expect(await screen.findByRole('button', { name: 'Extend' })).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
    fireEvent.click(await screen.findByRole('button', { name: 'Evaluate trial 1' }));
    fireEvent.click(screen.getByRole('button', { name: 'Evaluate', hidden: true }));

    await waitFor(() => expect(requests.some(({ method }) => method === 'POST')).toBe(true));
    const sent = requests.find(({ method }) => method === 'POST');
    expect(await sent?.clone().json()).toEqual({ trial: 1 });
  });
});

describe('StudyPage, beside its trials', () => {
  it('names settings as the form does, and edits name and notes', async () => {
    const requests = serve({
      ...served(),
      'GET /api/v1/catalog': () => catalog,
      [`PATCH /api/v1/studies/${id}`]: () => ({ ...study, name: 'Renamed' }),
    });
    await renderPage(<StudyPage id={id} />, `/studies/${id}`);
    expect(await screen.findByText('ADAM is better than SGD by 10 ± 2 points (2 seeds).')).toBeDefined();
    expect((screen.getByRole('link', { name: 'Use settings' }) as HTMLAnchorElement).getAttribute('href')).toBe(
      '/new?from=run-1-0',
    );
    fireEvent.click(screen.getByRole('button', { name: 'Edit name and notes', hidden: true }));
    fireEvent.change(screen.getByRole('textbox', { name: 'Name', hidden: true }), { target: { value: 'Renamed' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save', hidden: true }));
    expect(await screen.findByRole('heading', { name: 'Renamed', hidden: true })).toBeDefined();
    const sent = requests.find(({ method }) => method === 'PATCH');
    expect(await sent?.clone().json()).toEqual({ name: 'Renamed', notes: '' });
  });

  it('shows the mean of the test scores, and how many seeds are still to come', async () => {
    const score = (seed: number, accuracy: number | null) => ({
      ...{ seed, run: `r${seed}`, state: 'succeeded' as const, accuracy },
      loss: accuracy === null ? null : 0.5,
    });
    serve(
      served({
        ...study,
        testLooks: 1,
        looks: [
          {
            ...{ number: 1, trial: 1, requestedBy: null, at: '2026-11-21T08:02:00Z' },
            scores: [score(1, 0.9), score(2, 0.94), score(3, null)],
          },
        ],
      }),
    );
    await renderPage(<StudyPage id={id} />, `/studies/${id}`);
    expect(await screen.findByText('92.00% ± 2.83%, 1 pending')).toBeDefined();
    expect(screen.getByText('The test set was opened once.')).toBeDefined();
  });
});

describe('StudyPage, where there is no study', () => {
  it('says so, with a way on', async () => {
    serve({});
    await renderPage(<StudyPage id={id} />, `/studies/${id}`);
    expect(await screen.findByRole('heading', { level: 1, name: 'Study not found' })).toBeDefined();
    expect(screen.getByRole('link', { name: 'All studies' }).getAttribute('href')).toBe('/studies');
  });

  it('shows one that was deleted elsewhere as it was, without actions', async () => {
    let isDeleted = false;
    serve({ ...served(), [`GET /api/v1/studies/${id}`]: () => (isDeleted ? undefined : study) });
    const hub = await renderPage(<StudyPage id={id} />, `/studies/${id}`);
    expect(await screen.findByRole('button', { name: 'Evaluate trial 1' })).toBeDefined();
    isDeleted = true;
    act(() => hub.newest('WatchRunChanges').send({ changed: [], deleted: [], studies: [id], missed: false }));
    expect((await screen.findByRole('alert')).textContent).toContain('This study was deleted');
    expect(screen.getByRole('heading', { level: 1, name: 'Optimizers' })).toBeDefined();
    for (const action of ['Evaluate trial 1', 'Extend', 'More actions', 'Delete']) {
      expect(screen.queryByRole('button', { name: action, hidden: true })).toBeNull();
    }
    for (const link of ['Change…', 'Use settings', 'All runs of the study']) {
      expect(screen.queryByRole('link', { name: link })).toBeNull();
    }
  });
});

describe('StudyPage, while its study goes on', () => {
  it('reads the study and its trials again when they change, once a second, and not by the clock', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    try {
      const running = { ...study, state: 'running' as const, counts: { ...study.counts, running: 1 } };
      const requests = serve(served(running));
      const reads = (path: string) => requests.filter(({ url }) => new URL(url).pathname.endsWith(path)).length;
      const hub = await renderPage(<StudyPage id={id} />, `/studies/${id}`);
      const push = (changes: object) =>
        act(async () =>
          hub.newest('WatchRunChanges').send({ changed: [], deleted: [], studies: [], missed: false, ...changes }),
        );
      const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));
      await pass(100);
      await push({});
      await pass(10_000);
      const [study0, trials0] = [reads(id), reads('/trials')];
      await push({ studies: ['another'], changed: [{ id: 'r', studyId: 'another', state: 'running' }] });
      await pass(1_000);
      expect(reads(id)).toBe(study0);

      await push({ changed: [{ id: 'r', studyId: id, state: 'running' }] });
      expect([reads(id), reads('/trials')]).toEqual([study0 + 1, trials0 + 1]);
      await push({ studies: [id] });
      await push({ studies: [id] });
      expect(reads(id)).toBe(study0 + 1);
      await pass(1_000);
      expect(reads(id)).toBe(study0 + 2);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('StudiesPage', () => {
  it('reads the list again when a study changes', async () => {
    let items: unknown[] = [];
    serve({ 'GET /api/v1/studies': () => ({ items, next: null }) });
    const hub = await renderPage(<StudiesPage />, '/studies');
    await screen.findByText(/xor-optimizers\.json/);
    items = [study];
    await act(async () =>
      hub.newest('WatchRunChanges').send({ changed: [], deleted: [], studies: [id], missed: false }),
    );
    expect(await screen.findByRole('link', { name: 'Optimizers' })).toBeDefined();
  });

  it('lists studies with their best', async () => {
    serve({ 'GET /api/v1/studies': () => ({ items: [study], next: null }) });
    await renderPage(<StudiesPage />, '/studies');
    const row = (await screen.findByText('Optimizers')).closest('tr')?.textContent;
    expect(row).toContain('2 / 2');
    expect(row).toContain('91.00%');
    expect(row).toContain('optimizer adam');
  });

  it('says what a study is where there is none', async () => {
    serve({ 'GET /api/v1/studies': () => ({ items: [], next: null }) });
    await renderPage(<StudiesPage />, '/studies');
    expect(await screen.findByText(/xor-optimizers\.json/)).toBeDefined();
  });
});

describe('rungsOf', () => {
  it('multiplies the first rung up to the length of training', () => {
    expect(rungsOf({ name: 'asha', minimumEpochs: 2, reductionFactor: 3 }, 54)).toEqual([2, 6, 18]);
    expect(rungsOf({ name: 'median' }, 54)).toEqual([]);
    expect(rungsOf(null, 54)).toEqual([]);
  });
});
