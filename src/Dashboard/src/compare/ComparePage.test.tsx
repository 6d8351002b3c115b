// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addressOf } from '../navigation/navigation';
import { renderPage, serve } from '../testing/renderPage';
import { ComparePage } from './ComparePage';
import type { Comparison } from './comparison';
import { comparison, idOf, run } from './testing/sample';

const names = ['a', 'b', 'c'];
const all = names.map(idOf);
const curves = {
  validation_accuracy: { a: [0.5, 0.6], b: [0.4, 0.7], c: [0.2, 0.3] },
  validation_loss: { a: [1, 0.9], b: [1.1, 0.8], c: [2, 1.5] },
};

const changes = (changed: unknown[], deleted: string[] = [], missed = false) => ({
  changed,
  deleted,
  studies: [],
  missed,
});

/** A comparison as the service returns it: the requested runs and curves, or 404 for an unknown run. */
function compare({ url }: Request, known: readonly string[] = all): Comparison | Response {
  const query = new URL(url).searchParams;
  const requested = query.getAll('run');
  const unknown = requested.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    return Response.json({ title: 'There is no such run.', run: unknown }, { status: 404 });
  }
  const answer = comparison({
    runs: names.filter((name) => requested.includes(idOf(name))).map((name) => run(name)),
    curves,
  });
  const metrics = query.getAll('metric');
  return {
    ...answer,
    metrics: answer.metrics.map((metric) => ({
      ...metric,
      perRun: metric.perRun.filter((score) => requested.includes(score.run)),
    })),
    curves: answer.curves.filter((curve) => requested.includes(curve.run) && metrics.includes(curve.metric)),
  };
}

const selected = () => [...document.querySelectorAll('.selected-runs li')].map((one) => one.textContent);
const address = `${addressOf('/compare', all)}&curves=table&parallel=table&scatter=table&heat=table`;

describe('ComparePage', () => {
  beforeEach(() => {
    vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
  });

  it('requests the visible curves, and others when they are selected', async () => {
    const requests = serve({ 'GET /api/v1/compare': (request) => compare(request) });
    await renderPage(<ComparePage />, address);
    const numbers = await screen.findByRole('group', { name: 'Validation accuracy' });
    expect(within(numbers).getByText('70.00%')).toBeDefined();
    expect(new URL(requests[0]?.url ?? '').searchParams.getAll('metric')).toEqual(['validation_accuracy']);
    fireEvent.change(screen.getByLabelText('Metric'), { target: { value: 'loss' } });
    // Not measured and not loaded yet are different states.
    expect(screen.queryByText('No values of this metric yet.')).toBeNull();
    await waitFor(() =>
      expect(new URL(requests.at(-1)?.url ?? '').searchParams.getAll('metric')).toEqual(['validation_loss']),
    );
    fireEvent.click(screen.getByRole('button', { name: 'Both' }));
    await waitFor(() =>
      expect(new URL(requests.at(-1)?.url ?? '').searchParams.getAll('metric')).toEqual([
        'validation_loss',
        'train_loss',
      ]),
    );
  });

  it('removes a deleted run at once, also from the URL, and shows a notice', async () => {
    let known = all;
    const requests = serve({ 'GET /api/v1/compare': (request) => compare(request, known) });
    const hub = await renderPage(<ComparePage />, address);
    await waitFor(() => expect(selected()).toEqual(names));
    act(() => hub.newest('WatchRunChanges').send(changes([])));
    await waitFor(() => expect(requests).toHaveLength(2));
    known = [idOf('a'), idOf('c')];
    act(() => hub.newest('WatchRunChanges').send(changes([], ['another run', idOf('b')])));
    await waitFor(() => expect(selected()).toEqual(['a', 'c']));
    expect(document.querySelector(`[data-run="${idOf('b')}"]`)).toBeNull();
    expect(new URLSearchParams(window.location.search).getAll('run')).toEqual(known);
    expect(new URLSearchParams(window.location.search).get('curves')).toBe('table');
    expect(screen.getByText('Deleted and removed from the comparison: b.')).toBeDefined();
    await waitFor(() => expect(requests).toHaveLength(3));
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByText(/^Deleted/)).toBeNull();
    // The comparison of the others continues.
    act(() => hub.newest('WatchRunChanges').send(changes([], [idOf('c')])));
    await waitFor(() => expect(selected()).toEqual(['a']));
    expect(await screen.findByText('Select one more run; a comparison needs two.')).toBeDefined();
    expect(screen.getByText('Deleted and removed from the comparison: c.')).toBeDefined();
    expect(screen.getByRole('heading', { name: 'Select runs' })).toBeDefined();
  });

  it('opens a URL with deleted runs, with the others', async () => {
    serve({ 'GET /api/v1/compare': (request) => compare(request, [idOf('a'), idOf('c')]) });
    await renderPage(<ComparePage />, address);
    await waitFor(() => expect(selected()).toEqual(['a', 'c']));
    expect(screen.getByText(`Deleted and removed from the comparison: ${idOf('b').slice(-8)}.`)).toBeDefined();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('names the first run that is selected', async () => {
    const requests = serve({ [`GET /api/v1/runs/${idOf('a')}`]: () => run('a', { name: 'small cnn' }) });
    await renderPage(<ComparePage />, addressOf('/compare', [idOf('a')]));
    await waitFor(() => expect(selected()).toEqual(['small cnn']));
    expect(requests.filter(({ url }) => url.includes('/compare'))).toEqual([]);
  });

  it('refetches the comparison when notifications may have been missed', async () => {
    const requests = serve({ 'GET /api/v1/compare': (request) => compare(request) });
    const hub = await renderPage(<ComparePage />, address);
    await waitFor(() => expect(selected()).toEqual(names));
    act(() => hub.newest('WatchRunChanges').send(changes([])));
    await waitFor(() => expect(requests).toHaveLength(2));
    act(() => hub.newest('WatchRunChanges').send(changes([], [], true)));
    await waitFor(() => expect(requests).toHaveLength(3));
  });
});
