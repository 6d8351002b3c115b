// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
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
  explanation: both('A line is $w^\\top x$.'),
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
  lab: null,
  hasQuickSize: false,
  handIn: false,
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

const outcome: LessonOutcome = {
  attempt: {
    id: '019a0000-0000-7000-8000-000000000009',
    lesson: 'xor',
    createdAt: '2026-11-21T08:00:00Z',
    createdBy: null,
    prediction: 'half',
    size: 'full',
    seed: null,
    runs: [],
    studies: [],
    lab: null,
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
    expect(await screen.findAllByText('Not run yet')).toHaveLength(2);
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
