// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderPage, serve } from '../testing/renderPage';
import { summary } from '../testing/samples';
import { RunsPage } from './RunsPage';
import { clearSelection } from './selection';
import { Welcome } from './Welcome';

const first = summary();
const page = (items: unknown[], next: string | null = null) => ({ items, next });

/** The requests for runs, without those for experiments. */
const lists = (requests: readonly Request[]) => requests.filter(({ url }) => new URL(url).pathname === '/api/v1/runs');

const changes = (changed: unknown[], deleted: string[] = [], missed = false) => ({
  changed,
  deleted,
  studies: [],
  missed,
});

beforeEach(clearSelection);

describe('RunsPage', () => {
  it('lists the runs', async () => {
    serve({ 'GET /api/v1/runs': () => page([first]) });
    await renderPage(<RunsPage />);
    const row = (await screen.findByText('small cnn')).closest('tr');
    expect(row?.textContent).toContain('Running');
    expect(row?.textContent).toContain('epoch 2 of 4');
    expect(row?.textContent).toContain('75.00%');
    expect(row?.textContent).toContain('0.001');
    expect(row?.textContent).toContain('0.6000');
    expect(screen.getByRole('img', { name: 'Validation accuracy from 50.00% to 75.00%' })).toBeDefined();
    expect(document.title).toBe('Runs · Trainyard');
  });

  it('offers with the scope Read neither new runs nor actions', async () => {
    serve({ 'GET /api/v1/runs': () => page([first]) });
    await renderPage(<RunsPage />, '/', { authentication: 'tokens', name: 'ada', scope: 'read', provider: null });
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Select small cnn' }));
    expect(screen.queryByRole('link', { name: 'New run' })).toBeNull();
    const bar = screen.getByRole('region', { name: 'Actions on the selected runs' });
    expect(
      within(bar)
        .getAllByRole('button')
        .map((button) => button.textContent),
    ).toEqual(['Compare', 'Clear selection']);
    expect(bar.textContent).toContain('not submit or change');
  });

  it('offers with the scope Submit the actions on own runs only', async () => {
    const mine = summary({ createdBy: 'ada' });
    const other = summary({ id: '019a0000-0000-7000-8000-000000000002', name: 'the next', createdBy: 'bob' });
    serve({ 'GET /api/v1/runs': () => page([mine, other]) });
    await renderPage(<RunsPage />, '/', { authentication: 'tokens', name: 'ada', scope: 'submit', provider: null });
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Select small cnn' }));
    expect(screen.getByText('the next').closest('td')?.textContent).toContain('by bob');
    expect(screen.getByRole('button', { name: 'Pause' })).toBeDefined();
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select the next' }));
    expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
    expect(screen.getByText(/Only the owner/)).toBeDefined();
  });

  it('updates a row and adds a new run without a request', async () => {
    const requests = serve({ 'GET /api/v1/runs': () => page([first]) });
    const hub = await renderPage(<RunsPage />);
    await screen.findByText('small cnn');
    await waitFor(() => expect(hub.newest('WatchRunChanges')).toBeDefined());
    // The first item of the stream is empty. The list is refetched, because it may be older than the stream.
    act(() => hub.newest('WatchRunChanges').send(changes([])));
    await waitFor(() => expect(lists(requests)).toHaveLength(2));
    act(() =>
      hub
        .newest('WatchRunChanges')
        .send(
          changes([
            { ...first, state: 'succeeded', progress: 1, epoch: 4, lastSeq: 20 },
            summary({ id: '019a0000-0000-7000-8000-000000000002', name: 'the next' }),
          ]),
        ),
    );
    await screen.findByText('the next');
    const rows = screen.getAllByRole('row').slice(1);
    expect(rows.map((row) => within(row).getByRole('link').textContent)).toEqual(['the next', 'small cnn']);
    expect(rows[1]?.textContent).toContain('Finished');
    expect(lists(requests)).toHaveLength(2);
  });

  it('removes a deleted run at once, also from older responses', async () => {
    const second = summary({ id: '019a0000-0000-7000-8000-000000000002', name: 'the next' });
    const requests = serve({ 'GET /api/v1/runs': () => page([second, first]) });
    const hub = await renderPage(<RunsPage />);
    await screen.findByText('the next');
    await waitFor(() => expect(hub.newest('WatchRunChanges')).toBeDefined());
    act(() => hub.newest('WatchRunChanges').send(changes([])));
    await waitFor(() => expect(lists(requests)).toHaveLength(2));
    act(() => hub.newest('WatchRunChanges').send(changes([], [first.id])));
    await waitFor(() => expect(screen.queryByText('small cnn')).toBeNull());
    expect(screen.getByText('the next')).toBeDefined();
    act(() => hub.newest('WatchRunChanges').send(changes([], [], true)));
    await waitFor(() => expect(lists(requests)).toHaveLength(3));
    await act(async () => {});
    expect(screen.queryByText('small cnn')).toBeNull();
  });

  it('requests with the filter of the URL, and updates it', async () => {
    const requests = serve({ 'GET /api/v1/runs': () => page([first]) });
    await renderPage(<RunsPage />, '/?state=running&experiment=batch+norm');
    await screen.findByText('small cnn');
    expect(lists(requests)[0]?.url).toContain('state=running&experiment=batch%20norm');
    fireEvent.click(screen.getByRole('button', { name: 'Failed' }));
    await waitFor(() => expect(window.location.search).toBe('?state=running&state=failed&experiment=batch+norm'));
    expect(screen.getByRole('button', { name: 'Failed' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('loads the next page near the end, and has counted the runs of the complete list itself', async () => {
    serve({
      'GET /api/v1/runs': ({ url }) =>
        url.includes('after=cursor') ? page([summary({ id: '0', name: 'older' })]) : page([first], 'cursor'),
    });
    await renderPage(<RunsPage />);
    expect(await screen.findByText('older')).toBeDefined();
    expect(screen.getByText('2 runs')).toBeDefined();
  });

  describe('number of runs', () => {
    /** A list whose second page is not there yet, so that only the service knows how many there are. */
    const endless = ({ url }: Request) => (url.includes('after=') ? new Promise(() => {}) : page([first], 'cursor'));
    /** An answer that comes when the test says so. */
    const later = () => {
      let resolve: (answer: unknown) => void = () => {};
      const promise = new Promise((done) => {
        resolve = done;
      });
      return { promise, resolve };
    };
    const counts = (requests: readonly Request[]) =>
      requests.filter(({ url }) => new URL(url).pathname === '/api/v1/runs/count');

    it('is requested after the list, which does not wait for it, with the filter and without the order', async () => {
      const { promise, resolve } = later();
      const requests = serve({ 'GET /api/v1/runs': endless, 'GET /api/v1/runs/count': () => promise });
      await renderPage(<RunsPage />, '/?state=failed&q=cnn&study=s&sort=name');
      await screen.findByText('small cnn');
      await waitFor(() => expect(counts(requests)).toHaveLength(1));
      expect(requests.indexOf(counts(requests)[0] as Request)).toBeGreaterThan(
        requests.indexOf(lists(requests)[0] as Request),
      );
      expect(new URL(counts(requests)[0]?.url ?? '').search).toBe('?state=failed&study=s&q=cnn');
      expect(screen.queryByText(/^\d.* runs$/)).toBeNull();
      resolve({ total: 1234 });
      expect(await screen.findByText('1,234 runs')).toBeDefined();
    });

    it('is not requested for a complete list', async () => {
      const requests = serve({ 'GET /api/v1/runs': () => page([first]) });
      await renderPage(<RunsPage />);
      expect(await screen.findByText('1 run')).toBeDefined();
      expect(counts(requests)).toHaveLength(0);
    });

    it('says that there are more than the service counts', async () => {
      serve({ 'GET /api/v1/runs': endless, 'GET /api/v1/runs/count': () => ({ total: 100_001 }) });
      await renderPage(<RunsPage />);
      expect(await screen.findByText('more than 100,000 runs')).toBeDefined();
    });

    it('of the filter before stays, marked, until that of the next is there', async () => {
      const { promise, resolve } = later();
      serve({
        'GET /api/v1/runs': endless,
        'GET /api/v1/runs/count': ({ url }) => (url.includes('failed') ? promise : { total: 500 }),
      });
      await renderPage(<RunsPage />);
      const before = await screen.findByText('500 runs');
      expect(before.getAttribute('aria-busy')).toBe('false');
      fireEvent.click(screen.getByRole('button', { name: 'Failed' }));
      await waitFor(() => expect(screen.getByText('500 runs').getAttribute('aria-busy')).toBe('true'));
      resolve({ total: 400 });
      expect((await screen.findByText('400 runs')).getAttribute('aria-busy')).toBe('false');
    });

    it('is the same for another order, and counted again some time after changes, not at each', async () => {
      vi.useFakeTimers({ shouldAdvanceTime: true });
      try {
        let total = 500;
        const requests = serve({ 'GET /api/v1/runs': endless, 'GET /api/v1/runs/count': () => ({ total: total++ }) });
        const hub = await renderPage(<RunsPage />);
        await screen.findByText('500 runs');
        await waitFor(() => expect(hub.newest('WatchRunChanges')).toBeDefined());
        fireEvent.click(screen.getByRole('button', { name: 'Best val. acc.' }));
        await waitFor(() => expect(lists(requests).at(-1)?.url).toContain('sort='));
        for (let change = 0; change < 3; change++) {
          act(() => hub.newest('WatchRunChanges').send(changes([{ ...first, lastSeq: 20 + change }])));
        }
        await act(async () => {});
        expect(counts(requests)).toHaveLength(1);
        await act(() => vi.advanceTimersByTimeAsync(10_000));
        expect(await screen.findByText('501 runs')).toBeDefined();
        await act(() => vi.advanceTimersByTimeAsync(30_000));
        expect(counts(requests)).toHaveLength(2);
      } finally {
        vi.useRealTimers();
      }
    });
  });

  it('sorts by a select, and keeps an order of the URL', async () => {
    const requests = serve({ 'GET /api/v1/runs': () => page([first]) });
    await renderPage(<RunsPage />, '/?sort=param.training.epochs');
    const order = (await screen.findByLabelText('Sort by')) as HTMLSelectElement;
    expect(order.value).toBe('param.training.epochs');
    fireEvent.change(order, { target: { value: 'name' } });
    await waitFor(() => expect(lists(requests).at(-1)?.url).toContain('sort=name'));
    expect(window.location.search).toBe('?sort=name');
    fireEvent.change(order, { target: { value: '' } });
    expect(window.location.search).toBe('');
  });

  it('searches when typing pauses, and sorts by a column', async () => {
    const requests = serve({ 'GET /api/v1/runs': () => page([first]) });
    await renderPage(<RunsPage />);
    const search = await screen.findByLabelText('Search runs');
    fireEvent.change(search, { target: { value: 'dee' } });
    fireEvent.change(search, { target: { value: 'deep net' } });
    await waitFor(() => expect(window.location.search).toBe('?q=deep+net'));
    await waitFor(() => expect(lists(requests).at(-1)?.url).toContain('q=deep%20net'));
    expect(requests.some(({ url }) => url.includes('q=dee&') || url.endsWith('q=dee'))).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: 'Best val. acc.' }));
    await waitFor(() => expect(lists(requests).at(-1)?.url).toContain('sort=-metric.validation_accuracy.best'));
    expect(screen.getByRole('columnheader', { name: /Best val/ }).getAttribute('aria-sort')).toBe('descending');
  });

  it('shows columns of metrics and parameters, and stores them', async () => {
    localStorage.clear();
    const id = 'param.training.batchSize';
    serve({
      'GET /api/v1/runs': ({ url }) => page([{ ...first, values: url.includes(id) ? { [id]: 64 } : null }]),
      'GET /api/v1/runs/columns': () => ({
        metrics: ['train_loss'],
        parameters: [{ pointer: '/training/batchSize', label: 'Batch size', kind: 'integer' }],
      }),
    });
    await renderPage(<RunsPage />);
    fireEvent.click(await screen.findByRole('button', { name: 'Columns' }));
    fireEvent.click(await screen.findByLabelText('Training: Batch size'));
    expect(await screen.findByText('64')).toBeDefined();
    fireEvent.click(screen.getByLabelText('Learning rate'));
    expect(JSON.parse(localStorage.getItem('trainyard.columns.2') ?? '')).toEqual(expect.arrayContaining([id]));
    expect(screen.queryByRole('columnheader', { name: 'Learning rate' })).toBeNull();
    localStorage.clear();
  });

  it('works with keyboard shortcuts', async () => {
    const second = summary({ id: '019a0000-0000-7000-8000-000000000000', name: 'second' });
    serve({ 'GET /api/v1/runs': () => page([first, second]) });
    await renderPage(<RunsPage />);
    await screen.findByText('second');
    const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
    const focused = () => document.activeElement?.textContent;
    press('j');
    await waitFor(() => expect(focused()).toBe('small cnn'));
    press('ArrowDown');
    await waitFor(() => expect(focused()).toBe('second'));
    press('x');
    expect(await screen.findByText('1 run selected')).toBeDefined();
    press('Escape');
    expect(screen.queryByText('1 run selected')).toBeNull();
    press('/');
    expect(document.activeElement).toBe(screen.getByLabelText('Search runs'));
    // While typing, shortcuts are inactive.
    press('x');
    expect(screen.queryByText('1 run selected')).toBeNull();
  });

  it('performs an action on the runs that it applies to, and reports rejections', async () => {
    const over = summary({ id: 'b', name: 'over', state: 'succeeded' });
    const third = summary({ id: 'c', name: 'third' });
    const requests = serve({
      'GET /api/v1/runs': () => page([first, over, third]),
      [`POST /api/v1/runs/${first.id}/cancel`]: () => Response.json({}, { status: 202 }),
      'POST /api/v1/runs/c/cancel': () => Response.json({ title: 'It is over.', status: 409 }, { status: 409 }),
    });
    await renderPage(<RunsPage />);
    fireEvent.click(await screen.findByLabelText('Select all loaded runs'));
    fireEvent.click(screen.getByRole('button', { name: 'Cancel run (2)' }));
    fireEvent.click(screen.getByRole('button', { name: 'Stop training' }));
    expect(await screen.findByText('Done: 1. Failed: 1 (It is over.)')).toBeDefined();
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
    expect(screen.queryByRole('button', { name: 'Delete for good' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Clear selection' }));
  });

  it('archives runs, and takes it back', async () => {
    const over = summary({ id: 'b', name: 'over', state: 'succeeded' });
    const requests = serve({
      'GET /api/v1/runs': () => page([over]),
      'POST /api/v1/runs/b/archive': () => over,
      'POST /api/v1/runs/b/restore': () => over,
    });
    await renderPage(<RunsPage />);
    fireEvent.click(await screen.findByLabelText('Select over'));
    expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Archive' }));
    expect(await screen.findByText('Archived 1 run.')).toBeDefined();
    expect(screen.queryByText('1 run selected')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() =>
      expect(requests.filter(({ method }) => method === 'POST').map(({ url }) => new URL(url).pathname)).toEqual([
        '/api/v1/runs/b/archive',
        '/api/v1/runs/b/restore',
      ]),
    );
    expect(screen.queryByText('Archived 1 run.')).toBeNull();
  });

  it('says for which runs archiving, and taking that back, was rejected', async () => {
    const over = summary({ id: 'b', name: 'over', state: 'succeeded' });
    const rejected = (title: string) => () => Response.json({ title, status: 409 }, { status: 409 });
    serve({
      'GET /api/v1/runs': () => page([over, summary({ id: 'c', name: 'third' })]),
      'POST /api/v1/runs/b/archive': () => over,
      'POST /api/v1/runs/c/archive': rejected('It is in training.'),
      'POST /api/v1/runs/b/restore': rejected('It is gone.'),
    });
    await renderPage(<RunsPage />);
    fireEvent.click(await screen.findByLabelText('Select all loaded runs'));
    fireEvent.click(screen.getByRole('button', { name: 'Archive' }));
    expect(await screen.findByText('Archived 1 run. Failed: 1 (It is in training.)')).toBeDefined();
    expect(screen.queryByText('2 runs selected')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('Failed: 1 (It is gone.)')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  it('restores and deletes runs in the archive only', async () => {
    const old = summary({ id: 'b', name: 'old', state: 'succeeded', archivedAt: '2026-11-21T09:00:00Z' });
    const requests = serve({
      'GET /api/v1/runs': ({ url }) => page(url.includes('archived=true') ? [old] : [first]),
      'DELETE /api/v1/runs/b': () => new Response(null, { status: 204 }),
    });
    await renderPage(<RunsPage />);
    await screen.findByText('small cnn');
    // On a narrow screen the experiments are in a panel, which jsdom does not open.
    fireEvent.click(screen.getByRole('button', { name: 'Archive', hidden: true }));
    expect(window.location.search).toBe('?archived=true');
    fireEvent.click(await screen.findByLabelText('Select old'));
    expect(screen.getByRole('button', { name: 'Restore' })).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Delete for good' }));
    fireEvent.click(screen.getByRole('button', { name: 'Delete runs' }));
    expect(await screen.findByText('Deleted 1 run.')).toBeDefined();
    expect(requests.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
    fireEvent.click(screen.getByRole('button', { name: 'Back to the runs' }));
    expect(await screen.findByText('small cnn')).toBeDefined();
  });

  it('keeps the selection, and returns to the row of the run that was opened', async () => {
    const second = summary({ id: '019a0000-0000-7000-8000-000000000000', name: 'second' });
    serve({ 'GET /api/v1/runs': () => page([first, second]) });
    await renderPage(<RunsPage />);
    fireEvent.click(await screen.findByLabelText('Select small cnn'));
    const state = () => window.history.state as unknown;
    fireEvent.click(screen.getByText('second'));
    expect(window.location.pathname).toBe(`/runs/${second.id}`);
    cleanup();
    // What going back does: the entry of the table, with its state.
    window.history.replaceState({ openedRun: second.id }, '', '/');
    await renderPage(<RunsPage />, null);
    expect(await screen.findByText('1 run selected')).toBeDefined();
    await waitFor(() => expect(document.activeElement?.textContent).toBe('second'));
    expect(state()).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Clear selection' }));
  });

  it('filters by an expression, and shows what is wrong with it', async () => {
    const requests = serve({
      'GET /api/v1/runs': ({ url }) =>
        url.includes('acuracy')
          ? Response.json(
              {
                type: '/problems/invalid-filter',
                title: 'The filter expression cannot be read.',
                detail: "There is no field 'acuracy'; did you mean 'accuracy'?",
                code: 'unknown_field',
                start: 0,
                length: 7,
              },
              { status: 400 },
            )
          : page([first]),
      'GET /api/v1/runs/fields': () => ({
        fields: [
          { name: 'accuracy', kind: 'number', pointer: null, choices: [] },
          { name: 'optimizer', kind: 'choice', pointer: '/training/optimizer/name', choices: ['adam', 'sgd'] },
        ],
      }),
    });
    await renderPage(<RunsPage />);
    const field = (await screen.findByRole('combobox', {
      name: 'Filter by metrics and settings',
    })) as HTMLInputElement;
    field.focus();
    await waitFor(() => expect(requests.some(({ url }) => url.endsWith('/runs/fields'))).toBe(true));
    await act(async () => {});
    fireEvent.change(field, { target: { value: 'opt' } });
    const suggestions = await screen.findByRole('listbox', { name: 'Suggestions' });
    expect(
      within(suggestions)
        .getAllByRole('option')
        .map(({ textContent }) => textContent),
    ).toEqual(['optimizerchoice']);
    fireEvent.keyDown(field, { key: 'Tab' });
    await waitFor(() => expect(field.value).toBe('optimizer '));
    fireEvent.change(field, { target: { value: 'acuracy > 1' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect((await screen.findByRole('alert')).textContent).toContain("did you mean 'accuracy'");
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText('acuracy').tagName).toBe('MARK');
    fireEvent.change(field, { target: { value: 'accuracy > 0.9' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(await screen.findByText('small cnn')).toBeDefined();
    expect(window.location.search).toBe('?where=accuracy+%3E+0.9');
  });

  it('explains the syntax of the filter, and takes over an example', async () => {
    const requests = serve({
      'GET /api/v1/runs': () => page([first]),
      'GET /api/v1/runs/fields': () => ({
        fields: [
          { name: 'accuracy', kind: 'number', pointer: null, choices: [] },
          { name: 'optimizer', kind: 'choice', pointer: '/training/optimizer/name', choices: ['adam'] },
        ],
      }),
    });
    await renderPage(<RunsPage />);
    fireEvent.click(await screen.findByRole('button', { name: 'Filter syntax' }));
    expect(await screen.findByText('Settings of the spec:')).toBeDefined();
    const help = screen.getByLabelText('Filter syntax', { selector: '[popover]' });
    expect(help.textContent).toContain('Metrics and the run: accuracy');
    expect(help.textContent).toContain('Settings of the spec: optimizer');
    expect(help.textContent).toContain('~contains the text');
    fireEvent.click(within(help).getByText('loss < 0.5 or problems > 0'));
    await waitFor(() => expect(window.location.search).toBe('?where=loss+%3C+0.5+or+problems+%3E+0'));
    expect(new URL(lists(requests).at(-1)?.url ?? '').searchParams.get('where')).toBe('loss < 0.5 or problems > 0');
    expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Filter by metrics and settings' }).value).toBe(
      'loss < 0.5 or problems > 0',
    );
  });

  it('groups by a setting, and opens a group', async () => {
    const metric = { runs: 3, mean: 0.9, standardDeviation: 0.01, minimum: 0.89, maximum: 0.91 };
    const requests = serve({
      'GET /api/v1/runs': () => page([first]),
      'GET /api/v1/runs/groups': () => ({
        total: 1,
        items: [
          {
            values: { 'param.training.optimizer.name': 'adam', setting: 'c46329dce452' },
            runs: 3,
            latest: { ...first, name: 'small cnn, seed 3' },
            metrics: {
              'metric.validation_accuracy.best': metric,
              'metric.validation_loss.latest': { ...metric, mean: 0.7, standardDeviation: null },
              elapsed: metric,
            },
          },
        ],
      }),
    });
    await renderPage(<RunsPage />, '/?where=loss+<+1');
    fireEvent.change(await screen.findByLabelText('Group by'), { target: { value: 'param.training.optimizer.name' } });
    expect(await screen.findByText('90.00% ± 1.00%')).toBeDefined();
    expect(screen.getByText('n = 3')).toBeDefined();
    // As in the rows of its runs: the latest loss.
    const asked = requests.find(({ url }) => url.includes('/groups'))?.url ?? '';
    expect(new URL(asked).searchParams.get('metrics')).toBe(
      'metric.validation_accuracy.best,metric.validation_loss.latest,elapsed',
    );
    expect(screen.getByText('0.7000')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Runs with Adam' }));
    expect(await screen.findByText('small cnn')).toBeDefined();
    const where = new URL(lists(requests).at(-1)?.url ?? '').searchParams.get('where');
    expect(where).toBe('(loss < 1) and param.training.optimizer.name = "adam"');
    fireEvent.click(screen.getByRole('button', { name: 'Do not group by Optimizer' }));
    expect(window.location.search).not.toContain('group');
    fireEvent.click(screen.getByRole('button', { name: 'Mean over seeds' }));
    expect(new URLSearchParams(window.location.search).get('group')).toBe('setting');
    const row = (await screen.findByText('small cnn, seed 3')).closest('tr');
    expect(row?.textContent).toContain('Shapes · CNN · Adam · learning rate 0.001 · n = 3');
    fireEvent.click(screen.getByRole('button', { name: 'Runs with small cnn, seed 3' }));
    await waitFor(() =>
      expect(new URL(lists(requests).at(-1)?.url ?? '').searchParams.get('where')).toBe(
        '(loss < 1) and setting = "c46329dce452"',
      ),
    );
    fireEvent.click(screen.getByRole('button', { name: 'Mean over seeds' }));
    expect(window.location.search).not.toContain('group');
  });

  const ofAdam = (runs: number) => ({
    values: { 'param.training.optimizer.name': 'adam' },
    runs,
    latest: first,
    metrics: {},
  });
  const byOptimizer = '/?group=param.training.optimizer.name';

  it('moves by key through groups and their runs, and selects', async () => {
    serve({
      'GET /api/v1/runs': () => page([first]),
      'GET /api/v1/runs/groups': () => ({ total: 1, items: [ofAdam(1)] }),
    });
    await renderPage(<RunsPage />, byOptimizer);
    const toggle = await screen.findByRole('button', { name: 'Runs with Adam' });
    const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
    press('j');
    expect(document.activeElement).toBe(toggle);
    press('x');
    expect(screen.queryByText('1 run selected')).toBeNull();
    fireEvent.click(toggle);
    const run = await screen.findByRole('link', { name: 'small cnn' });
    press('ArrowDown');
    expect(document.activeElement).toBe(run);
    press('x');
    expect(await screen.findByText('1 run selected')).toBeDefined();
    press('k');
    expect(document.activeElement).toBe(toggle);
  });

  it('says that no run matches also where runs are grouped', async () => {
    serve({ 'GET /api/v1/runs': () => page([]), 'GET /api/v1/runs/groups': () => ({ total: 0, items: [] }) });
    await renderPage(<RunsPage />, `${byOptimizer}&state=failed`);
    expect(await screen.findByText('No matching runs')).toBeDefined();
  });

  it('says that the runs of a group are loading, and why they cannot be loaded', async () => {
    let answer = (_: Response) => {};
    const isOfGroup = (url: string) => new URL(url).searchParams.get('where')?.includes('adam') === true;
    let isBroken = true;
    serve({
      'GET /api/v1/runs': ({ url }) =>
        isOfGroup(url) && isBroken
          ? new Promise((resolve) => {
              answer = resolve;
            })
          : page([first]),
      'GET /api/v1/runs/groups': () => ({ total: 1, items: [ofAdam(1)] }),
    });
    await renderPage(<RunsPage />, byOptimizer);
    fireEvent.click(await screen.findByRole('button', { name: 'Runs with Adam' }));
    const table = screen.getByRole('table', { name: 'Groups of runs' });
    expect(within(table).getByRole('status').textContent).toBe('Loading runs');
    await act(async () => answer(Response.json({ title: 'Too much.', status: 400 }, { status: 400 })));
    expect((await within(table).findByRole('alert')).textContent).toContain('Could not load the runs: Too much.');
    isBroken = false;
    fireEvent.click(within(table).getByRole('button', { name: 'Try again' }));
    expect(await within(table).findByText('small cnn')).toBeDefined();
  });

  it('lists the experiments, and renames, describes and archives them', async () => {
    const experiment = { name: 'batch norm', description: 'Two seeds.', runs: 12, latestRun: first.id };
    const requests = serve({
      'GET /api/v1/runs': () => page([first]),
      'GET /api/v1/experiments': () => ({ items: [experiment], next: null }),
      'PATCH /api/v1/experiments': () => new Response(null, { status: 204 }),
      'POST /api/v1/experiments/archive': () => ({ runs: 12, archivedAt: '2026-11-21T09:00:00Z' }),
      'POST /api/v1/experiments/restore': () => ({ runs: 12, archivedAt: null }),
    });
    await renderPage(<RunsPage />);
    const rail = within(await screen.findByRole('navigation', { name: 'Experiments', hidden: true }));
    fireEvent.click(await rail.findByText('batch norm'));
    expect(window.location.search).toBe('?experiment=batch+norm');
    expect(await screen.findByText('Two seeds.')).toBeDefined();
    fireEvent.click(rail.getByText('Rename'));
    fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'Normalization' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(window.location.search).toBe('?experiment=Normalization'));
    const patch = requests.find(({ method }) => method === 'PATCH');
    expect(new URL(patch?.url ?? '').searchParams.get('name')).toBe('batch norm');
    expect(await patch?.json()).toEqual({ name: 'Normalization' });
    fireEvent.click(rail.getByText('Delete'));
    fireEvent.click(screen.getByRole('button', { name: 'Move to the archive' }));
    expect(await screen.findByText('Archived 12 runs of “batch norm”.')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() =>
      expect(
        requests.some(({ url }) => url.includes('/experiments/restore') && url.includes('archivedAt=2026-11-21')),
      ).toBe(true),
    );
  });

  it('renders only the visible rows', async () => {
    const many = Array.from({ length: 2_000 }, (_, index) =>
      summary({ id: `019a0000-0000-7000-8000-${String(9_999_999 - index).padStart(12, '0')}`, name: `run ${index}` }),
    );
    serve({ 'GET /api/v1/runs': () => page(many) });
    await renderPage(<RunsPage />);
    await screen.findByText('run 0');
    expect(document.querySelectorAll('[data-run]').length).toBeLessThan(100);
  });

  it('explains that no run matches, and clears the filters', async () => {
    serve({ 'GET /api/v1/runs': ({ url }) => page(url.includes('state=') ? [] : [first]) });
    await renderPage(<RunsPage />, '/?state=failed');
    await screen.findByText('No matching runs');
    fireEvent.click(screen.getAllByRole('button', { name: 'Clear filters' })[0] as HTMLElement);
    expect(await screen.findByText('small cnn')).toBeDefined();
  });

  it('shows why the runs cannot be loaded, and retries', async () => {
    let fails = true;
    serve({
      'GET /api/v1/runs': () =>
        fails
          ? Response.json({ title: 'Bad cursor', detail: 'The cursor is not one of ours.' }, { status: 400 })
          : page([first]),
    });
    await renderPage(<RunsPage />);
    expect((await screen.findByRole('alert')).textContent).toContain('The cursor is not one of ours.');
    fails = false;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('small cnn')).toBeDefined();
  });

  it('shows the welcome page without runs', async () => {
    serve({ 'GET /api/v1/runs': () => page([]) });
    await renderPage(<RunsPage />);
    expect((await screen.findByText(/curl http/)).textContent).toContain('/api/v1/runs');
  });
});

describe('Welcome', () => {
  it('submits the first template once, with an idempotency key, and opens the run', async () => {
    const requests = serve({ 'POST /api/v1/runs': () => Response.json({ id: 'new-run' }, { status: 201 }) });
    await renderPage(<Welcome />);
    fireEvent.click(screen.getByRole('button', { name: /^Train XOR/ }));
    await waitFor(() => expect(window.location.pathname).toBe('/runs/new-run'));
    expect(lists(requests)).toHaveLength(1);
    expect(requests[0]?.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f]{32}$/);
    expect(await requests[0]?.json()).toMatchObject({ data: { dataset: 'xor' } });
  });

  it('lists the findings of the service', async () => {
    const finding = { severity: 'error', pointer: '/data', message: 'is missing', found: null, allowed: '', fix: '' };
    serve({
      'POST /api/v1/runs': () =>
        Response.json({ title: 'The spec is not valid', findings: [finding] }, { status: 422 }),
    });
    await renderPage(<Welcome />);
    fireEvent.click(screen.getByRole('button', { name: /^Train XOR/ }));
    expect((await screen.findByRole('alert')).textContent).toContain('Data: is missing');
  });
});
