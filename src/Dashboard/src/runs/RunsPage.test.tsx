// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderPage, serve } from '../testing/renderPage';
import { summary } from '../testing/samples';
import { RunsPage } from './RunsPage';
import { Welcome } from './Welcome';

const first = summary();
const page = (items: unknown[], next: string | null = null) => ({ items, next, total: items.length });

const changes = (changed: unknown[], deleted: string[] = [], missed = false) => ({ changed, deleted, missed });

describe('RunsPage', () => {
  it('lists the runs', async () => {
    serve({ 'GET /api/v1/runs': () => page([first]) });
    await renderPage(<RunsPage />);
    const row = (await screen.findByText('small cnn')).closest('tr');
    expect(row?.textContent).toContain('Running');
    expect(row?.textContent).toContain('epoch 2 of 4');
    expect(row?.textContent).toContain('75.00%');
    expect(document.title).toBe('Runs · Trainyard');
  });

  it('offers with the scope Read neither new runs nor actions', async () => {
    serve({ 'GET /api/v1/runs': () => page([first]) });
    await renderPage(<RunsPage />, '/', { authentication: 'tokens', name: 'ada', scope: 'read', provider: null });
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Select small cnn' }));
    expect(screen.queryByRole('link', { name: 'New run' })).toBeNull();
    fireEvent.keyDown(window, { key: 'n' });
    expect(window.location.pathname).toBe('/');
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
    await waitFor(() => expect(requests).toHaveLength(2));
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
    expect(requests).toHaveLength(2);
  });

  it('removes a deleted run at once, also from older responses', async () => {
    const second = summary({ id: '019a0000-0000-7000-8000-000000000002', name: 'the next' });
    const requests = serve({ 'GET /api/v1/runs': () => page([second, first]) });
    const hub = await renderPage(<RunsPage />);
    await screen.findByText('the next');
    await waitFor(() => expect(hub.newest('WatchRunChanges')).toBeDefined());
    act(() => hub.newest('WatchRunChanges').send(changes([])));
    await waitFor(() => expect(requests).toHaveLength(2));
    act(() => hub.newest('WatchRunChanges').send(changes([], [first.id])));
    await waitFor(() => expect(screen.queryByText('small cnn')).toBeNull());
    expect(screen.getByText('the next')).toBeDefined();
    act(() => hub.newest('WatchRunChanges').send(changes([], [], true)));
    await waitFor(() => expect(requests).toHaveLength(3));
    await act(async () => {});
    expect(screen.queryByText('small cnn')).toBeNull();
  });

  it('requests with the filter of the URL, and updates it', async () => {
    const requests = serve({ 'GET /api/v1/runs': () => page([first]) });
    await renderPage(<RunsPage />, '/?state=running&experiment=batch+norm');
    await screen.findByText('small cnn');
    expect(requests[0]?.url).toContain('state=running&experiment=batch%20norm');
    fireEvent.click(screen.getByRole('button', { name: 'Failed' }));
    await waitFor(() => expect(window.location.search).toBe('?state=running&state=failed&experiment=batch+norm'));
    expect(screen.getByRole('button', { name: 'Failed' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('loads the next page near the end, and shows the total', async () => {
    serve({
      'GET /api/v1/runs': ({ url }) =>
        url.includes('after=cursor')
          ? page([summary({ id: '0', name: 'older' })])
          : { ...page([first], 'cursor'), total: 2 },
    });
    await renderPage(<RunsPage />);
    expect(await screen.findByText('older')).toBeDefined();
    expect(screen.getByText('2 runs')).toBeDefined();
  });

  it('sorts by a select, and keeps an order of the URL', async () => {
    const requests = serve({ 'GET /api/v1/runs': () => page([first]) });
    await renderPage(<RunsPage />, '/?sort=param.training.epochs');
    const order = (await screen.findByLabelText('Sort by')) as HTMLSelectElement;
    expect(order.value).toBe('param.training.epochs');
    fireEvent.change(order, { target: { value: 'name' } });
    await waitFor(() => expect(requests.at(-1)?.url).toContain('sort=name'));
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
    await waitFor(() => expect(requests.at(-1)?.url).toContain('q=deep%20net'));
    expect(requests.some(({ url }) => url.includes('q=dee&') || url.endsWith('q=dee'))).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: 'Best val. accuracy' }));
    await waitFor(() => expect(requests.at(-1)?.url).toContain('sort=-metric.validation_accuracy.best'));
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
    fireEvent.click(screen.getByLabelText('Samples/s'));
    expect(JSON.parse(localStorage.getItem('trainyard.columns') ?? '')).toEqual(expect.arrayContaining([id]));
    expect(screen.queryByRole('columnheader', { name: 'Samples/s' })).toBeNull();
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
    press('?');
    expect(screen.queryByText('1 run selected')).toBeNull();
    expect(screen.queryByRole('dialog')).toBeNull();
    (document.activeElement as HTMLElement).blur();
    press('?');
    expect(screen.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeDefined();
  });

  it('performs an action on several runs, and reports rejections', async () => {
    const over = summary({ id: 'b', name: 'over', state: 'succeeded' });
    const requests = serve({
      'GET /api/v1/runs': () => page([first, over]),
      [`POST /api/v1/runs/${first.id}/cancel`]: () => Response.json({}, { status: 202 }),
      'POST /api/v1/runs/b/cancel': () => Response.json({ title: 'It is over.', status: 409 }, { status: 409 }),
    });
    await renderPage(<RunsPage />);
    fireEvent.click(await screen.findByLabelText('Select all loaded runs'));
    fireEvent.click(screen.getByRole('button', { name: 'Cancel run' }));
    fireEvent.click(screen.getByRole('button', { name: 'Stop training' }));
    expect(await screen.findByText('Done: 1. Failed: 1 (It is over.)')).toBeDefined();
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
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

const example = { name: 'quickstart', data: { dataset: 'fashion-mnist' }, model: { kind: 'mlp' } } as const;

describe('Welcome', () => {
  it('submits the quickstart once, with an idempotency key, and opens the run', async () => {
    const requests = serve({ 'POST /api/v1/runs': () => Response.json({ id: 'new-run' }, { status: 201 }) });
    await renderPage(<Welcome example={example} />);
    fireEvent.click(screen.getByRole('button', { name: 'Run the quickstart' }));
    await waitFor(() => expect(window.location.pathname).toBe('/runs/new-run'));
    expect(requests).toHaveLength(1);
    expect(requests[0]?.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f]{32}$/);
    expect(await requests[0]?.json()).toMatchObject({ name: 'quickstart' });
  });

  it('lists the findings of the service', async () => {
    const finding = { severity: 'error', pointer: '/data', message: 'is missing', found: null, allowed: '', fix: '' };
    serve({
      'POST /api/v1/runs': () =>
        Response.json({ title: 'The spec is not valid', findings: [finding] }, { status: 422 }),
    });
    await renderPage(<Welcome example={example} />);
    fireEvent.click(screen.getByRole('button', { name: 'Run the quickstart' }));
    expect((await screen.findByRole('alert')).textContent).toContain('/data is missing');
  });
});
