// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderPage, serve } from '../testing/renderPage';
import { LessonPage } from './LessonPage';
import { LessonsPage } from './LessonsPage';
import type { LessonDetail, LessonOutcome, LessonSummary } from './useLessons';

const both = (en: string) => ({ en, ko: `${en} (ko)` });

const summary = (changes: Partial<LessonSummary> = {}): LessonSummary => ({
  id: 'xor',
  chapter: 'backpropagation',
  title: both('XOR'),
  summary: both('What one sees'),
  picture: 'points',
  seconds: 6,
  kind: 'runs',
  progress: null,
  ...changes,
});

const lesson: LessonDetail = {
  ...summary(),
  explanation: { en: 'A line is $w^\\top x$.\n\n---\n\nIt cannot bend.', ko: '직선.\n\n---\n\n휘지 않는다.' },
  question: {
    text: both('How many?'),
    options: [
      { id: 'half', text: both('Half') },
      { id: 'all', text: both('All') },
    ],
    answer: 'all',
  },
  runs: [{ id: 'one', label: both('One layer'), spec: {} }],
  studies: [],
  labs: [],
  hasQuickSize: false,
  settings: [],
  variants: [],
  handIn: null,
  charts: [{ kind: 'scores' }],
  expected: [
    {
      id: 'bounded',
      text: both('Never above'),
      source: 'book',
      value: { measure: 'validation_accuracy' },
      atMost: 0.75,
    },
    { id: 'solved', text: both('All right'), source: 'book', value: { measure: 'validation_accuracy' }, atLeast: 1 },
  ],
  sources: [{ id: 'book', text: 'A book, 1969', url: null }],
  previous: null,
  next: { id: 'activations', title: both('Activations') },
};

const rules = { datasets: ['fashion-mnist'], validationCount: 5000, validationFraction: null, dataSeed: 1 };

const outcome: LessonOutcome = {
  attempt: {
    id: '019a0000-0000-7000-8000-000000000009',
    lesson: 'xor',
    createdAt: '2026-11-21T08:00:00Z',
    createdBy: null,
    prediction: 'half',
    size: 'full',
    seed: null,
    settings: [],
    runs: [],
    studies: [],
    labs: [],
  },
  ended: true,
  predictionRight: false,
  claims: [
    { claim: 'bounded', verdict: 'holds', result: 0.74, value: 0.74, minus: null, over: null, infinite: false },
    { claim: 'solved', verdict: 'does_not_hold', result: 0.74, value: 0.74, minus: null, over: null, infinite: false },
  ],
};

const attempts = () => ({ items: [outcome.attempt] });
const noAttempts = () => ({ items: [] });

describe('LessonPage', () => {
  it('takes a prediction, starts the lesson with it, and shows the verdicts', async () => {
    let isStarted = false;
    const requests = serve({
      'GET /api/v1/lessons/xor': () => lesson,
      'GET /api/v1/lessons/xor/attempts': () => (isStarted ? attempts() : noAttempts()),
      'GET /api/v1/lessons/xor/outcome': () => outcome,
      'POST /api/v1/lessons/xor/runs': () => {
        isStarted = true;
        return outcome.attempt;
      },
    });
    await renderPage(<LessonPage id="xor" />, '/lessons/xor');
    expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe('XOR');
    expect(screen.getByRole('link', { name: /Next: Activations/ }).getAttribute('href')).toBe('/lessons/activations');
    expect(screen.getByRole('link', { name: 'One layer' }).getAttribute('href')).toBe('/new?lesson=xor&run=one');
    // The formula is typeset.
    await waitFor(() => expect(document.querySelector('math')).not.toBeNull());

    fireEvent.click(screen.getByRole('radio', { name: 'Half' }));
    fireEvent.click(screen.getByRole('button', { name: 'Predict and run' }));
    expect(await screen.findByText(/expects another answer/)).toBeDefined();
    const body = await requests.find(({ method }) => method === 'POST')?.json();
    expect(body).toEqual({ prediction: 'half' });
    const [holds, fails] = within(screen.getByRole('region', { name: /What is expected/ })).getAllByRole('listitem');
    expect(holds?.textContent).toContain('Holds');
    expect(holds?.textContent).toContain('74.00%');
    expect(fails?.textContent).toContain('Does not hold');
  });

  it('tells the answer only once something was predicted, or on request', async () => {
    const routes = { 'GET /api/v1/lessons/xor': () => lesson, 'GET /api/v1/lessons/xor/attempts': noAttempts };
    serve(routes);
    await renderPage(<LessonPage id="xor" />, '/lessons/xor');
    const claims = () => screen.queryByRole('region', { name: /What is expected/ });
    const isShown = (words: string) => screen.getByText(words).closest('[hidden]') === null;
    const unfold = await screen.findByRole('button', { name: 'Show what is expected', expanded: false });
    await screen.findByText('It cannot bend.');
    expect(claims()).toBeNull();
    expect(isShown('It cannot bend.')).toBe(false);

    // Both are in the page, for paper, and behind buttons, for the keyboard.
    fireEvent.click(unfold);
    expect(screen.getByRole('button', { name: 'Show what is expected', expanded: true })).toBeDefined();
    expect(within(claims() as HTMLElement).getAllByText('Not run yet')).toHaveLength(2);
    expect(isShown('It cannot bend.')).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: /^Read on/ }));
    expect(isShown('It cannot bend.')).toBe(true);
  });

  it('folds nothing once the lesson was started, and never the sheet of a hand-in', async () => {
    serve({
      'GET /api/v1/lessons/xor': () => lesson,
      'GET /api/v1/lessons/xor/attempts': attempts,
      'GET /api/v1/lessons/xor/outcome': () => outcome,
      'GET /api/v1/lessons/sheet': () => ({ ...lesson, id: 'sheet', handIn: true }),
      'GET /api/v1/lessons/sheet/attempts': noAttempts,
    });
    await renderPage(<LessonPage id="xor" />, '/lessons/xor');
    expect(await screen.findByRole('region', { name: /What is expected/ })).toBeDefined();
    expect(screen.queryByRole('button', { name: /^Read on|^Show what/ })).toBeNull();
    cleanup();

    await renderPage(<LessonPage id="sheet" />, '/lessons/sheet');
    expect(await screen.findByRole('region', { name: /What is expected/ })).toBeDefined();
    expect(screen.queryByRole('button', { name: /^Show what/ })).toBeNull();
    expect(screen.getByRole('button', { name: /^Read on/, expanded: false })).toBeDefined();
  });

  it('cancels what has not ended, after a question', async () => {
    const run = (id: string, state: string) => ({ id, run: `run-${id}`, state, progress: 0.5 });
    const runs = [run('a', 'succeeded'), run('b', 'running'), run('c', 'queued'), run('d', 'running')];
    const going = { ...outcome, ended: false, attempt: { ...outcome.attempt, runs } } as LessonOutcome;
    const requests = serve({
      'GET /api/v1/lessons/xor': () => lesson,
      'GET /api/v1/lessons/xor/attempts': attempts,
      'GET /api/v1/lessons/xor/outcome': () => going,
      'POST /api/v1/runs/run-b/cancel': () => ({}),
      'POST /api/v1/runs/run-c/cancel': () => ({}),
      // It ended between the reading and the click.
      'POST /api/v1/runs/run-d/cancel': () => Response.json({ title: 'Ended', status: 409 }, { status: 409 }),
    });
    const cancelled = () =>
      requests.filter(({ method }) => method === 'POST').map(({ url }) => new URL(url).pathname.split('/').at(-2));
    await renderPage(<LessonPage id="xor" />, '/lessons/xor');
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
    expect(screen.getByText(/of 4/)).toBeDefined();
    expect(cancelled()).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Cancel the lesson' }));
    await waitFor(() => expect(cancelled().toSorted()).toEqual(['run-b', 'run-c', 'run-d']));
    expect(await screen.findByRole('button', { name: 'Cancelling…' })).toBeDefined();
    expect(screen.queryByText('Could not cancel everything')).toBeNull();
  });

  it('shows how many trials of its studies have ended, and links to the form of each', async () => {
    const studies = ['random', 'grid'].map((id) => ({ id, study: `study-${id}`, state: 'running' }));
    const study = (ended: number) => ({
      state: 'running',
      trials: 36,
      counts: { completed: ended, stopped: 1, failed: 0, infeasible: 0, running: 1 },
    });
    const request = { name: 'fashion', spec: {}, parameters: [] };
    const requests = serve({
      'GET /api/v1/lessons/xor': () => ({
        ...lesson,
        runs: [],
        charts: [],
        studies: studies.map(({ id }) => ({ id, label: both(`Study ${id}`), request })),
      }),
      'GET /api/v1/lessons/xor/attempts': attempts,
      'GET /api/v1/lessons/xor/outcome': () => ({ ...outcome, ended: false, attempt: { ...outcome.attempt, studies } }),
      'GET /api/v1/studies/study-random': () => study(8),
      'GET /api/v1/studies/study-grid': () => study(2),
      'POST /api/v1/studies/study-random/cancel': () => ({}),
      'POST /api/v1/studies/study-grid/cancel': () => Response.json({ title: 'Broken', status: 500 }, { status: 500 }),
    });
    await renderPage(<LessonPage id="xor" />, '/lessons/xor');
    expect(await screen.findByText('12 of 72 trials have ended')).toBeDefined();
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('17');
    expect(screen.getByRole('link', { name: 'Study grid' }).getAttribute('href')).toBe(
      '/new?lesson=xor&study=grid&mode=study',
    );
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    fireEvent.click(screen.getByRole('button', { name: 'Cancel the lesson' }));
    expect(await screen.findByText('Could not cancel everything')).toBeDefined();
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
  });

  it('reads the verdicts again when a run of the attempt changes, and not by the clock', async () => {
    const run = { id: 'one', run: '019a0000-0000-7000-8000-000000000001', state: 'running', progress: 0.5 } as const;
    const going = { ...outcome, ended: false, attempt: { ...outcome.attempt, runs: [run] } } as LessonOutcome;
    let answer: LessonOutcome = going;
    const requests = serve({
      'GET /api/v1/lessons/xor': () => lesson,
      'GET /api/v1/lessons/xor/attempts': attempts,
      'GET /api/v1/lessons/xor/outcome': () => answer,
    });
    const reads = () => requests.filter(({ url }) => url.includes('/outcome')).length;
    const hub = await renderPage(<LessonPage id="xor" />, '/lessons/xor');
    expect(await screen.findByRole('button', { name: 'Running…' })).toBeDefined();
    const send = (changed: readonly object[]) =>
      act(async () => hub.newest('WatchRunChanges').send({ changed, deleted: [], studies: [], missed: false }));
    // The beginning of the stream: what was read before may be stale.
    await send([]);
    await waitFor(() => expect(reads()).toBe(2));

    await send([{ id: 'of-another-lesson', experiment: 'default', state: 'succeeded' }]);
    expect(reads()).toBe(2);

    answer = outcome;
    await send([{ id: run.run, experiment: 'lesson xor', state: 'succeeded' }]);
    expect(await screen.findByText(/expects another answer/)).toBeDefined();
    expect(reads()).toBe(3);
  });

  it('offers nothing to run before it is known what was run, and says when that cannot be loaded', async () => {
    let answer: (value: unknown) => void = () => {};
    serve({
      'GET /api/v1/lessons/xor': () => lesson,
      'GET /api/v1/lessons/xor/attempts': () => new Promise((resolve) => (answer = resolve)),
    });
    await renderPage(<LessonPage id="xor" />, '/lessons/xor');
    await screen.findByRole('heading', { level: 1 });
    expect(screen.queryByRole('button', { name: /run/i })).toBeNull();
    expect(screen.queryByText('Not run yet')).toBeNull();

    await act(async () => answer(Response.json({ title: 'Broken', status: 409 }, { status: 409 })));
    expect((await screen.findAllByRole('alert')).map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('Could not load what came of the lesson'),
    ]);
    expect(screen.queryByRole('button', { name: /predict/i })).toBeNull();
    expect(screen.queryByText('Not run yet')).toBeNull();
  });

  it('says when a run cannot be checked by the sheet', async () => {
    serve({
      'GET /api/v1/lessons/xor': () => ({ ...lesson, handIn: rules }),
      'GET /api/v1/lessons/xor/attempts': noAttempts,
    });
    await renderPage(<LessonPage id="xor" />, '/lessons/xor?run=019a0000-0000-7000-8000-000000000001');
    expect(await screen.findByText('Could not load what came of the lesson')).toBeDefined();
    // The attempt is known: there is none.
    expect(screen.getByRole('button', { name: 'Run without predicting' })).toBeDefined();
  });

  it('says that a lesson does not exist, and where to find those that do', async () => {
    serve({});
    await renderPage(<LessonPage id="none" />, '/lessons/none');
    expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe('Lesson not found');
    expect(screen.getByRole('link', { name: 'All lessons' }).getAttribute('href')).toBe('/lessons');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('opens each of its labs with the request of the lesson', async () => {
    const lab = (id: string) => ({
      id,
      label: both(`Lab ${id}`),
      name: 'convolution-arithmetic',
      request: { width: 8 },
    });
    let labs = [lab('one')];
    serve({
      'GET /api/v1/lessons/xor': () => ({
        ...lesson,
        kind: 'lab',
        runs: [],
        labs,
        charts: [{ kind: 'lab', lab: labs.at(1)?.id }],
      }),
      'GET /api/v1/lessons/xor/attempts': noAttempts,
    });
    await renderPage(<LessonPage id="xor" />, '/lessons/xor');
    const request = encodeURIComponent('{"width":8}');
    const link = await screen.findByRole('link', { name: 'Open the lab' });
    expect(link.getAttribute('href')).toBe(`/labs/convolution-arithmetic?request=${request}`);
    cleanup();

    labs = [lab('one'), lab('two')];
    await renderPage(<LessonPage id="xor" />, '/lessons/xor');
    expect(await screen.findByRole('link', { name: 'Lab one' })).toBeDefined();
    expect(screen.getByRole('link', { name: 'Lab two' })).toBeDefined();
    // The figure has the name of its lab.
    expect(await screen.findByRole('heading', { name: 'Lab two' })).toBeDefined();
  });

  it('opens its variants in the form', async () => {
    serve({
      'GET /api/v1/lessons/xor': () => ({ ...lesson, variants: [{ id: 'wide', label: both('A wide one'), spec: {} }] }),
      'GET /api/v1/lessons/xor/attempts': noAttempts,
    });
    await renderPage(<LessonPage id="xor" />, '/lessons/xor');
    const link = await screen.findByRole('link', { name: 'A wide one' });
    expect(link.getAttribute('href')).toBe('/new?lesson=xor&run=wide');
  });

  it('starts nothing with the scope Read', async () => {
    serve({
      'GET /api/v1/lessons/xor': () => lesson,
      'GET /api/v1/lessons/xor/attempts': noAttempts,
    });
    await renderPage(<LessonPage id="xor" />, '/lessons/xor', {
      authentication: 'tokens',
      name: 'ada',
      scope: 'read',
      provider: null,
    });
    await screen.findByRole('heading', { level: 1 });
    expect(screen.queryByRole('button', { name: /run/i })).toBeNull();
  });
});

describe('LessonsPage', () => {
  it('lists the chapters in order, and what is done', async () => {
    const progress = {
      attempt: lesson.id,
      createdAt: '2026-11-21T08:00:00Z',
      ended: true,
      predictionRight: null,
      holds: 2,
      claims: 3,
    };
    serve({
      'GET /api/v1/lessons': () => ({
        items: [summary({ progress }), summary({ id: 'vanishing', chapter: 'activations', title: both('Vanishing') })],
      }),
    });
    await renderPage(<LessonsPage />, '/lessons');
    const chapters = (await screen.findAllByRole('heading', { level: 2 })).map(({ textContent }) => textContent);
    expect(chapters).toEqual(['1 Networks and backpropagation', '2 Activations']);
    expect(screen.getByText('1 of 2 done')).toBeDefined();
    expect(screen.getByRole('link', { name: /XOR/ }).textContent).toContain('2 of 3 hold');
  });

  it('reads the list again when a run of a lesson ends, not at each of its epochs', async () => {
    const requests = serve({ 'GET /api/v1/lessons': () => ({ items: [summary()] }) });
    const hub = await renderPage(<LessonsPage />, '/lessons');
    await screen.findByText('XOR');
    const send = (state: string) =>
      act(async () =>
        hub.newest('WatchRunChanges').send({
          changed: [{ id: 'r', experiment: 'lesson xor', state }],
          deleted: [],
          studies: [],
          missed: false,
        }),
      );
    // The first item of a stream: what was read before may be stale.
    await send('running');
    await waitFor(() => expect(requests.length).toBe(2));
    await send('running');
    expect(requests.length).toBe(2);
    await send('succeeded');
    await waitFor(() => expect(requests.length).toBe(3), { timeout: 3_000 });
  });
});
