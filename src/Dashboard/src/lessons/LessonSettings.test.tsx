// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderPage, serve } from '../testing/renderPage';
import { PredictCard } from './PredictCard';
import { asItIs, isSeed, requestOf, settingsText } from './settings';
import type { LessonAttempt, LessonCost, LessonDetail, LessonOutcome, StartLessonRequest } from './useLessons';
import { Verdicts } from './Verdicts';

const both = (en: string) => ({ en, ko: `${en} (ko)` });

const lesson: LessonDetail = {
  id: 'table',
  chapter: 'initialization',
  title: both('Table'),
  summary: both('What one sees'),
  picture: 'table',
  seconds: 90,
  kind: 'runs',
  progress: null,
  explanation: both('Read'),
  question: { text: both('Which?'), options: [], answer: 'none' },
  runs: [],
  studies: [],
  labs: [],
  hasQuickSize: true,
  settings: [
    {
      id: 'depth',
      label: both('Depth'),
      options: [
        { id: '6', label: both('Six'), changes: {}, published: false },
        { id: '17', label: both('Seventeen'), changes: null, published: true },
      ],
    },
    {
      id: 'epochs',
      label: both('Epochs'),
      options: [
        { id: '3', label: both('3'), changes: null, published: false },
        { id: '230', label: both('230'), changes: {}, published: true },
      ],
    },
  ],
  variants: [],
  handIn: null,
  charts: [],
  expected: [],
  sources: [],
  previous: null,
  next: null,
};

const attempt: LessonAttempt = {
  id: '019a0000-0000-7000-8000-000000000009',
  lesson: 'table',
  createdAt: '2026-11-21T08:00:00Z',
  createdBy: null,
  prediction: null,
  size: 'quick',
  seed: 7,
  settings: [
    { id: 'depth', option: '6' },
    { id: 'epochs', option: '3' },
  ],
  runs: [],
  studies: [],
  labs: [],
};

const cost = (changes: Partial<LessonCost>): LessonCost => ({
  device: 'cpu',
  seconds: null,
  atATime: 1,
  basis: 'other_runs',
  flopsPerSecond: null,
  ...changes,
});

/** The page's requests for the cost, answered by the settings that they have. */
function serveChecks(costs: (request: StartLessonRequest) => readonly LessonCost[]) {
  return serve({
    'POST /api/v1/lessons/table/check': async (request) => {
      const body = (await request.json()) as StartLessonRequest;
      return { runs: 25, flops: 2.5e15, costs: costs(body) };
    },
    'POST /api/v1/lessons/table/runs': () => attempt,
  });
}

const isPublished = ({ settings }: StartLessonRequest) => settings?.some(({ option }) => option === '230') === true;
const started = async (requests: readonly Request[]) =>
  requests
    .find(({ url }) => url.endsWith('/runs'))
    ?.clone()
    .json();

describe('the settings of a lesson', () => {
  it('are sent with the prediction, only where they differ, and the expected time is that of the settings', async () => {
    const requests = serveChecks((body) => [
      cost(body.settings === undefined ? { seconds: 61 } : { seconds: 3_600, basis: 'similar_runs' }),
    ]);
    await renderPage(<PredictCard lesson={lesson} outcome={null} />);
    expect(await screen.findByText('about 1 min')).toBeDefined();

    fireEvent.change(screen.getByLabelText('Depth'), { target: { value: '6' } });
    fireEvent.change(screen.getByLabelText('Epochs'), { target: { value: '3' } });
    expect(await screen.findByText('about 1 h 0 min')).toBeDefined();
    fireEvent.change(screen.getByLabelText('Size'), { target: { value: 'quick' } });
    fireEvent.change(screen.getByLabelText('Seed'), { target: { value: '7' } });
    fireEvent.click(screen.getByRole('button', { name: 'Run without predicting' }));
    await waitFor(async () =>
      expect(await started(requests)).toEqual({
        prediction: null,
        size: 'quick',
        seed: 7,
        settings: [{ id: 'depth', option: '6' }],
      }),
    );
  });

  it('are not sent with what is no seed', async () => {
    const requests = serveChecks(() => [cost({ seconds: 60 })]);
    await renderPage(<PredictCard lesson={lesson} outcome={null} />);
    fireEvent.change(screen.getByLabelText('Seed'), { target: { value: '1.5' } });
    expect(screen.getByRole('alert').textContent).toContain('A whole number');
    fireEvent.click(screen.getByRole('button', { name: 'Run without predicting' }));
    expect(await started(requests)).toBeUndefined();
    fireEvent.change(screen.getByLabelText('Seed'), { target: { value: '' } });
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('show what was measured elsewhere as it is, and no time for others, until a run tells', async () => {
    serveChecks(() => [cost({})]);
    await renderPage(<PredictCard lesson={lesson} outcome={null} />);
    expect(await screen.findByText('about 2 min')).toBeDefined();
    fireEvent.change(screen.getByLabelText('Depth'), { target: { value: '6' } });
    await waitFor(() => expect(screen.getByRole('status').textContent).toMatch(/^time unknown: no run of this kind/));
  });

  it('tell what the published size costs and by what that is known, and take it', async () => {
    serveChecks((body) =>
      isPublished(body)
        ? [
            cost({ seconds: 2 * 86_400, flopsPerSecond: 6.5e10, atATime: 2 }),
            cost({ device: 'cuda', seconds: 250, basis: 'assumption', flopsPerSecond: 1e13 }),
          ]
        : [cost({ seconds: 60, basis: 'similar_runs' })],
    );
    await renderPage(<PredictCard lesson={lesson} outcome={null} />);
    const region = within(await screen.findByRole('region', { name: 'The published size' }));
    expect(await region.findByText('25 runs, 2.5 PFLOP in all')).toBeDefined();
    const [here, gpu] = region.getAllByRole('definition').map(({ textContent }) => textContent);
    expect(here).toBe(
      'about 2 d 0 hat the 65 GFLOP/s of the nearest runs here; other layers reach another rate; 2 at a time',
    );
    expect(gpu).toBe('about 4 minif it reaches 10 TFLOP/s, which is assumed: none has trained this kind here');
    fireEvent.click(region.getByRole('button', { name: 'Set it' }));
    expect(screen.getByLabelText<HTMLSelectElement>('Epochs').value).toBe('230');
    expect(screen.getByLabelText<HTMLSelectElement>('Depth').value).toBe('17');
  });

  it('say why such an attempt cannot be started here', async () => {
    serve({
      'POST /api/v1/lessons/table/check': () =>
        Response.json({ title: 'The spec is invalid.', status: 422, detail: 'Too large.' }, { status: 422 }),
    });
    await renderPage(<PredictCard lesson={{ ...lesson, settings: [] }} outcome={null} />);
    expect(await screen.findByText('The spec is invalid. Too large.')).toBeDefined();
  });

  it('are only the seed for a lesson that declares none, and nothing for a lab; neither asks for a cost', async () => {
    const requests = serve({});
    const plain = { ...lesson, hasQuickSize: false, settings: [] };
    await renderPage(<PredictCard lesson={plain} outcome={null} />);
    expect(screen.getByLabelText('Seed').closest('details')?.open).toBe(false);
    expect(screen.queryByRole('combobox')).toBeNull();
    await renderPage(<PredictCard lesson={{ ...plain, kind: 'lab' }} outcome={null} />);
    expect(screen.getAllByLabelText('Seed')).toHaveLength(1);
    expect(requests).toEqual([]);
  });
});

describe('the settings of an attempt', () => {
  it('are shown beside its verdicts, with a note where they are not those of the lesson', async () => {
    const outcome: LessonOutcome = { attempt, ended: true, predictionRight: null, claims: [] };
    await renderPage(<Verdicts lesson={lesson} outcome={outcome} />);
    expect(screen.getByText('Run with: Quick size · Seed 7 · Depth: Six · Epochs: 3')).toBeDefined();
    expect(screen.getByText(/^The claims are those of the lesson as it is/)).toBeDefined();
  });

  it('are in words also where the lesson has them no more, and nothing for a lab', () => {
    const gone = { ...attempt, seed: null, settings: [{ id: 'width', option: '0.5' }] };
    expect(settingsText({ ...lesson, hasQuickSize: false }, gone)).toBe('Seed 1 · width: 0.5');
    expect(settingsText({ ...lesson, kind: 'lab' }, attempt)).toBeNull();
  });

  it('are a request without what is as it is', () => {
    expect(requestOf(lesson, asItIs)).toEqual({});
    expect(requestOf(lesson, { ...asItIs, seed: ' 0 ', options: { depth: '17', epochs: '230' } })).toEqual({
      seed: 0,
      settings: [{ id: 'epochs', option: '230' }],
    });
    expect(['', '0', '2147483647', '2147483648', '-1', '1.5', 'x'].filter(isSeed)).toEqual(['', '0', '2147483647']);
  });
});
