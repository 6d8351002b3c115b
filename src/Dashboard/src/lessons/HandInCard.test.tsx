// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Session } from '../api/types';
import { renderPage, serve } from '../testing/renderPage';
import { HandInCard } from './HandInCard';
import { candidateFilter, type HandInEntry, type HandInList } from './useHandIns';

const rules = { datasets: ['fashion-mnist', 'cifar-10'], validationCount: 5000, validationFraction: null, dataSeed: 1 };
const ada: Session = { authentication: 'tokens', name: 'ada', scope: 'submit', provider: null };
const teacher: Session = { ...ada, name: 'teacher', scope: 'admin' };
const address = '/api/v1/lessons/the-assignment/hand-ins';

const entry = (changes: Partial<HandInEntry>): HandInEntry => ({
  rank: 1,
  run: 'run-1',
  name: 'Wide',
  state: 'succeeded',
  owner: 'ada',
  handedInBy: 'ada',
  at: '2026-11-21T08:00:00Z',
  endedAt: null,
  ending: null,
  dataset: 'fashion-mnist',
  epochs: 4,
  seconds: 61,
  validationAccuracy: 0.91,
  checkpointSha256: 'abcdef0123456789',
  held: 9,
  claims: 10,
  testSeen: false,
  test: 'closed',
  testAccuracy: null,
  ...changes,
});
const list = (changes: Partial<HandInList> = {}): HandInList => ({
  round: 1,
  latestRound: 1,
  openedAt: null,
  openedBy: null,
  items: [],
  earlier: [],
  ...changes,
});
const opened = { openedAt: '2026-11-22T08:00:00Z', openedBy: 'teacher' };

const show = (answer: () => unknown, session = ada, at = '/lessons/the-assignment') => {
  const requests = serve({
    [`GET ${address}`]: answer,
    'GET /api/v1/runs': () => ({ items: [] }),
    [`POST ${address}`]: () => list(),
    [`DELETE ${address}/run-1`]: () => list(),
    'POST /api/v1/lessons/the-assignment/open-test': () => list(),
    'POST /api/v1/lessons/the-assignment/hand-in-rounds': () => list(),
  });
  return renderPage(<HandInCard lesson="the-assignment" rules={rules} />, at, session).then(() => requests);
};

const ranking = async (dataset: string): Promise<HTMLElement> =>
  (await screen.findByRole('heading', { name: `Ranking on ${dataset}` })).parentElement as HTMLElement;

describe('candidateFilter', () => {
  it('selects runs of the rankings, of a person, and no trials', () => {
    expect(candidateFilter(rules, 'ada')).toBe(
      'dataset in (fashion-mnist, cifar-10) and param.data.validationCount = 5000 and param.data.seed = 1 and trial = null and createdBy = ada',
    );
    expect(candidateFilter({ ...rules, validationCount: null, validationFraction: 0.1 }, null)).toBe(
      'dataset in (fashion-mnist, cifar-10) and param.data.validationCount = null and param.data.validationFraction = 0.1 and param.data.seed = 1 and trial = null',
    );
  });
});

describe('HandInCard', () => {
  it('does not call a list that loads or cannot be loaded empty', async () => {
    let answer: (value: unknown) => void = () => {};
    await show(() => new Promise((resolve) => (answer = resolve)));
    expect(screen.getByRole('status', { name: 'Loading the hand-ins' })).toBeDefined();
    expect(screen.queryByText('No run was handed in yet.')).toBeNull();
    await act(async () => answer(Response.json({ title: 'Broken', status: 409 }, { status: 409 })));
    expect(await screen.findByText('Could not load the hand-ins')).toBeDefined();
    expect(screen.queryByText('No run was handed in yet.')).toBeNull();
  });

  it('ranks each dataset apart, and marks what was tested before and what was deleted', async () => {
    const items = [
      entry({}),
      entry({ rank: 2, run: 'run-2', name: 'Deep', owner: 'bob', testSeen: true }),
      entry({ run: 'run-3', name: 'Color', dataset: 'cifar-10', state: null }),
    ];
    await show(() =>
      list({ items, earlier: [entry({ rank: null, name: 'First', ending: 'replaced', endedAt: entry({}).at })] }),
    );
    const fashion = within(await ranking('Fashion-MNIST')).getAllByRole('row');
    expect(fashion).toHaveLength(3);
    expect(fashion[1]?.textContent).toContain('9/10');
    expect(fashion[1]?.textContent).toContain('not opened');
    expect(fashion[1]?.textContent).not.toContain('test seen before');
    expect(fashion[2]?.textContent).toContain('test seen before');
    const color = await ranking('CIFAR-10');
    expect(color.textContent).toContain('Color (deleted)');
    expect(within(color).queryByRole('link')).toBeNull();
    expect(screen.getByText('Earlier hand-ins (1)')).toBeDefined();
    expect(screen.getByText(/First/).closest('li')?.textContent).toContain('replaced on');
    // Only one's own: that of bob has no button.
    expect(screen.getAllByRole('button', { name: 'Withdraw' })).toHaveLength(2);
  });

  it('offers runs of the person that fit, by words, and hands one in', async () => {
    const requests = serve({
      [`GET ${address}`]: () => list(),
      'GET /api/v1/runs': () => ({
        items: [{ id: 'run-1', name: 'Wide', dataset: 'cifar-10', validationAccuracy: 0.7, createdBy: 'ada' }],
      }),
      [`POST ${address}`]: () => list(),
    });
    await renderPage(<HandInCard lesson="the-assignment" rules={rules} />, '/lessons/the-assignment', ada);
    await screen.findByRole('option', { name: 'Wide · CIFAR-10 · 70.00%' });
    expect(screen.getByRole('button', { name: 'Hand in' }).getAttribute('aria-disabled')).toBe('true');
    fireEvent.change(screen.getByLabelText('Search your runs'), { target: { value: 'wide' } });
    await waitFor(() => expect(requests.some(({ url }) => url.includes('q=wide'))).toBe(true));
    const asked = new URL(requests.find(({ url }) => url.includes('/runs?'))?.url ?? '').searchParams;
    expect(asked.get('where')).toBe(candidateFilter(rules, 'ada'));
    expect(asked.get('state')).toBe('succeeded');

    fireEvent.change(screen.getByLabelText('Check a run'), { target: { value: 'run-1' } });
    fireEvent.click(screen.getByRole('button', { name: 'Hand in' }));
    await waitFor(() => expect(requests.some(({ method }) => method === 'POST')).toBe(true));
    expect(await requests.find(({ method }) => method === 'POST')?.json()).toEqual({ run: 'run-1' });
  });

  it('withdraws a run while the test set is closed', async () => {
    const requests = await show(() => list({ items: [entry({})] }));
    fireEvent.click(await screen.findByRole('button', { name: 'Withdraw' }));
    await waitFor(() => expect(requests.some(({ method }) => method === 'DELETE')).toBe(true));
  });

  it('goes on with what has no score after the opening, for administrators', async () => {
    const items = [entry({ test: 'left' }), entry({ rank: 2, run: 'run-2', test: 'measured', testAccuracy: 0.9 })];
    const requests = await show(() => list({ ...opened, items }), teacher);
    expect(await screen.findByText(/^One run has no score yet/)).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Withdraw' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Hand in' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Open the test set' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
    await waitFor(() => expect(requests.some(({ url }) => url.endsWith('/open-test'))).toBe(true));
  });

  it('shows a round of the address, in which nothing can be changed', async () => {
    const requests = await show(
      () => list({ ...opened, latestRound: 2, items: [entry({ test: 'left' })] }),
      teacher,
      '/lessons/the-assignment?round=1',
    );
    const rounds = await screen.findByRole('combobox', { name: 'Round' });
    expect(requests[0]?.url).toContain('round=1');
    for (const name of ['Continue', 'Open the test set', 'Begin the next round', 'Hand in']) {
      expect(screen.queryByRole('button', { name })).toBeNull();
    }
    fireEvent.change(rounds, { target: { value: '2' } });
    await waitFor(() => expect(window.location.search).toBe(''));
  });

  it('opens the test set and begins a round only for administrators, after a question', async () => {
    const requests = await show(
      () => list({ ...opened, items: [entry({ test: 'measured', testAccuracy: 0.9 })] }),
      teacher,
    );
    fireEvent.click(await screen.findByRole('button', { name: 'Begin the next round' }));
    expect(requests.some(({ method }) => method === 'POST')).toBe(false);
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Begin the next round' }));
    await waitFor(() => expect(requests.some(({ url }) => url.endsWith('/hand-in-rounds'))).toBe(true));
  });

  it('offers people with the scope Submit neither', async () => {
    await show(() => list({ items: [entry({})] }));
    await screen.findByRole('button', { name: 'Hand in' });
    expect(screen.queryByRole('button', { name: 'Open the test set' })).toBeNull();
  });
});
