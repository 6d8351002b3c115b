// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { catalog } from '../testing/catalog';
import { renderPage, serve } from '../testing/renderPage';
import { actions, detail, diverged, entry, epoch, notice, progress, started, state } from '../testing/samples';
import { RunPage } from './RunPage';

const id = detail().id;
const path = `/api/v1/runs/${id}`;
const running = detail({ lastSeq: 2, attempts: [] });
const events = [entry(1, state('running')), entry(2, started()), entry(3, progress(5)), entry(4, epoch(1))];

const figure = (name: string) => screen.getByText(name).closest('div')?.textContent;

// ECharts draws nothing without a layout; the values are in the legend and the table.
vi.mock('../charts/LineCanvas', () => ({ default: () => null }));

describe('RunPage', () => {
  it('shows events as they arrive', async () => {
    serve({ [`GET ${path}`]: () => running });
    const hub = await renderPage(<RunPage id={id} />);
    await screen.findByRole('heading', { name: 'small cnn' });
    await waitFor(() => expect(hub.newest('Subscribe').args).toEqual([id, 0]));
    act(() => hub.newest('Subscribe').send(events));
    await waitFor(() => expect(figure('Best validation accuracy')).toContain('54.00%'));
    expect(screen.getByText('25% · epoch 1 of 4')).toBeDefined();
    act(() => hub.newest('Subscribe').send([entry(5, progress(15)), entry(6, epoch(2))]));
    await waitFor(() => expect(figure('Best validation accuracy')).toContain('58.00%at epoch 2'));
    // Without room beside the value: read aloud, and as a tooltip.
    expect(figure('Training time')).toContain('cpu, float32, 2 threads');
    expect(screen.getByTitle('cpu, float32, 2 threads').textContent).toContain('Training time');
  });

  it('has every point once in the table after a lost connection', async () => {
    serve({ [`GET ${path}`]: () => running });
    const hub = await renderPage(<RunPage id={id} />, '/?accuracy=table');
    await waitFor(() => expect(hub.newest('Subscribe')).toBeDefined());
    act(() => hub.newest('Subscribe').send(events));
    act(() => hub.drop());
    await waitFor(() => expect(hub.newest('Subscribe').args).toEqual([id, 4]));
    act(() => hub.newest('Subscribe').send([entry(4, epoch(1)), entry(5, epoch(2)), entry(6, epoch(3))]));
    const table = await screen.findByRole('group', { name: 'Accuracy' });
    await waitFor(() => expect(within(table).getAllByRole('row')).toHaveLength(4));
    expect(
      within(table)
        .getAllByRole('row')
        .slice(1)
        .map((row) => row.firstChild?.textContent),
    ).toEqual(['1', '2', '3']);
  });

  it.each([
    ['read', 'bob', false],
    ['submit', 'bob', false],
    ['submit', null, false],
    ['submit', 'ada', true],
    ['admin', 'bob', true],
  ] as const)('lets the scope %s edit a run of %s: %s', async (scope, createdBy, mayEdit) => {
    serve({ [`GET ${path}`]: () => ({ ...running, createdBy }) });
    await renderPage(<RunPage id={id} />, '/?tab=details', {
      authentication: 'tokens',
      name: 'ada',
      scope,
      provider: null,
    });
    await screen.findByLabelText('Notes');
    expect(screen.queryByText(/by bob/) !== null).toBe(createdBy === 'bob');
    expect(screen.getByLabelText<HTMLTextAreaElement>('Notes').readOnly).toBe(!mayEdit);
    expect(screen.queryByRole('button', { name: 'Save' }) !== null).toBe(mayEdit);
  });

  it('cancels after a confirmation', async () => {
    const requests = serve({
      [`GET ${path}`]: () => running,
      [`POST ${path}/cancel`]: () => Response.json({ ...running, cancelRequested: true }, { status: 202 }),
    });
    await renderPage(<RunPage id={id} />);
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel run' }));
    expect(requests.filter((request) => request.method === 'POST')).toHaveLength(0);
    fireEvent.click(screen.getByRole('button', { name: 'Stop training' }));
    expect((await screen.findAllByText(/^Cancell/)).length).toBeGreaterThan(0);
    expect(requests.filter((request) => request.method === 'POST')).toHaveLength(1);
  });

  it('shows why the service did not cancel', async () => {
    serve({
      [`GET ${path}`]: () => running,
      [`POST ${path}/cancel`]: () => Response.json({ title: 'Wrong state.', detail: 'It has ended.' }, { status: 409 }),
    });
    await renderPage(<RunPage id={id} />);
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel run' }));
    fireEvent.click(screen.getByRole('button', { name: 'Stop training' }));
    expect((await screen.findByRole('alert')).textContent).toBe('Action failed: Wrong state. It has ended.');
  });

  it('shows the available actions, and in a menu why the others are not', async () => {
    const ended = detail({ state: 'succeeded', actions: actions(['extend', 'archive', 'delete', 'fork']) });
    serve({ [`GET ${path}`]: () => ended });
    await renderPage(<RunPage id={id} />);
    const toolbar = await screen.findByRole('toolbar', { name: 'Actions' });
    expect(
      within(toolbar)
        .getAllByRole('button')
        .map((button) => button.textContent),
    ).toEqual(['Extend', 'Fork']);
    const item = (name: string) => screen.getByRole('button', { name, hidden: true });
    expect(item('Cancel run').getAttribute('aria-disabled')).toBe('true');
    expect(document.getElementById(item('Cancel run').getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'No cancel in this state.',
    );
  });

  it('archives, restores, and deletes what is archived', async () => {
    const ended = detail({ state: 'succeeded', actions: actions(['archive', 'delete']) });
    const archived = {
      ...ended,
      archivedAt: '2026-11-21T09:00:00Z',
      actions: actions(['restore', 'delete']),
      lastSeq: ended.lastSeq + 1,
    };
    serve({
      [`GET ${path}`]: () => ended,
      [`POST ${path}/archive`]: () => archived,
      [`POST ${path}/restore`]: () => ({ ...ended, lastSeq: archived.lastSeq + 1 }),
    });
    await renderPage(<RunPage id={id} />);
    const find = (name: string) => screen.findAllByRole('button', { name, hidden: true });
    const click = async (name: string) => fireEvent.click((await find(name))[0] as HTMLElement);
    await find('Archive');
    expect(screen.queryByRole('button', { name: 'Delete', hidden: true })).toBeNull();
    await click('Archive');
    expect(await screen.findByRole('link', { name: 'Archived' })).toBeDefined();
    await click('Delete');
    expect(screen.getByRole('button', { name: 'Delete run' })).toBeDefined();
    await click('Restore');
    await find('Archive');
    expect(screen.queryByRole('link', { name: 'Archived' })).toBeNull();
  });

  it('extends to a valid number of epochs only', async () => {
    const over = detail({ state: 'succeeded', epochs: 4, actions: actions(['extend']) });
    const requests = serve({
      [`GET ${path}`]: () => over,
      [`POST ${path}/extend`]: () => ({ ...over, state: 'queued' }),
    });
    await renderPage(<RunPage id={id} />);
    fireEvent.click(await screen.findByRole('button', { name: 'Extend' }));
    const total = screen.getByLabelText('Total epochs');
    const confirm = within(screen.getByRole('dialog')).getByRole('button', { name: 'Extend' });
    fireEvent.change(total, { target: { value: '4' } });
    fireEvent.click(confirm);
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(0);
    fireEvent.change(total, { target: { value: '6' } });
    fireEvent.click(confirm);
    await waitFor(() => expect(screen.getByText('Queued')).toBeDefined());
    expect(await requests.find(({ method }) => method === 'POST')?.json()).toEqual({ epochs: 6 });
  });

  it('raises the time limit of a run that reached it', async () => {
    const over = detail({
      state: 'failed',
      epochs: 4,
      failure: { class: 'timeout', code: null, arguments: null, message: 'Too long.' },
      actions: actions(['extend']),
    });
    const requests = serve({
      [`GET ${path}`]: () => over,
      [`POST ${path}/extend`]: () => ({ ...over, state: 'queued', failure: null }),
    });
    await renderPage(<RunPage id={id} />);
    fireEvent.click(await screen.findByRole('button', { name: 'Extend' }));
    const limit = screen.getByLabelText<HTMLInputElement>('Time limit in seconds');
    const confirm = within(screen.getByRole('dialog')).getByRole('button', { name: 'Extend' });
    expect(limit.value).toBe('172800');
    fireEvent.change(limit, { target: { value: '86400' } });
    fireEvent.click(confirm);
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(0);
    fireEvent.change(limit, { target: { value: '90000' } });
    fireEvent.click(confirm);
    await waitFor(() => expect(screen.getByText('Queued')).toBeDefined());
    expect(await requests.find(({ method }) => method === 'POST')?.json()).toEqual({ timeLimitSeconds: 90000 });
  });

  it('follows an ended run again when it is retried', async () => {
    let now = detail({ state: 'failed', actions: actions(['retry']) });
    serve({
      [`GET ${path}`]: () => now,
      [`POST ${path}/retry`]: () => {
        now = detail({ state: 'queued', lastSeq: 11 });
        return now;
      },
    });
    const hub = await renderPage(<RunPage id={id} />);
    const retry = await screen.findByRole('button', { name: 'Retry' });
    await waitFor(() => expect(hub.opened.filter(({ method }) => method === 'Subscribe')).toHaveLength(1));
    act(() => hub.newest('Subscribe').complete());
    fireEvent.click(retry);
    await waitFor(() => expect(hub.opened.filter(({ method }) => method === 'Subscribe')).toHaveLength(2));
  });

  it('follows a run that was retried elsewhere before the page knew that it had ended', async () => {
    serve({ [`GET ${path}`]: () => detail({ state: 'running', lastSeq: 11 }) });
    const hub = await renderPage(<RunPage id={id} />);
    await waitFor(() => expect(hub.opened.filter(({ method }) => method === 'Subscribe')).toHaveLength(1));
    act(() => hub.newest('Subscribe').complete());
    await waitFor(() => expect(hub.opened.filter(({ method }) => method === 'Subscribe')).toHaveLength(2));
  });

  it('navigates to the runs when the run was deleted', async () => {
    serve({
      [`GET ${path}`]: () =>
        detail({ state: 'succeeded', archivedAt: '2026-11-21T09:00:00Z', actions: actions(['delete']) }),
      [`DELETE ${path}`]: () => new Response(null, { status: 204 }),
    });
    await renderPage(<RunPage id={id} />, `/runs/${id}`);
    fireEvent.click(await screen.findByRole('button', { name: 'Delete', hidden: true }));
    fireEvent.click(screen.getByRole('button', { name: 'Delete run' }));
    await waitFor(() => expect(window.location.pathname).toBe('/runs'));
  });

  it.each(['by the service', 'by a later request'])('says that the run was deleted elsewhere, told %s', async (how) => {
    let isDeleted = false;
    serve({
      [`GET ${path}`]: () =>
        isDeleted ? undefined : detail({ state: 'succeeded', actions: actions(['delete', 'extend', 'fork']) }),
    });
    const hub = await renderPage(<RunPage id={id} />, `/runs/${id}`);
    await screen.findByRole('button', { name: 'Extend' });
    isDeleted = true;
    if (how === 'by the service') {
      act(() => hub.newest('WatchRunChanges').send({ changed: [], deleted: [id], studies: [], missed: false }));
    } else {
      act(() => hub.drop());
    }
    expect((await screen.findByRole('alert')).textContent).toContain('This run was deleted');
    expect(screen.queryByRole('toolbar')).toBeNull();
    const offered = [...document.querySelectorAll('.run-actions button:not([aria-disabled="true"])')];
    expect(offered.map((button) => button.textContent)).toEqual(['']);
    expect(screen.getByRole('heading', { name: 'small cnn' })).toBeDefined();
  });

  it('has the progress, and then the end, in the title of the window', async () => {
    serve({ [`GET ${path}`]: () => running });
    const hub = await renderPage(<RunPage id={id} />, `/runs/${id}`);
    await waitFor(() => expect(hub.newest('Subscribe').args).toEqual([id, 0]));
    act(() => hub.newest('Subscribe').send(events));
    await waitFor(() => expect(document.title).toBe('25% · small cnn · Trainyard'));
    act(() => hub.newest('Subscribe').send([entry(5, state('succeeded'))]));
    await waitFor(() => expect(document.title).toBe('small cnn · Finished · Trainyard'));
  });

  it('saves name, tags and notes together', async () => {
    const requests = serve({
      [`GET ${path}`]: () => running,
      [`PATCH ${path}`]: async (request) => ({ ...running, ...(await request.clone().json()) }),
    });
    await renderPage(<RunPage id={id} />, '/?tab=details');
    fireEvent.change(await screen.findByLabelText('Tags'), { target: { value: 'one, two ,one' } });
    fireEvent.change(screen.getByLabelText('Notes'), { target: { value: 'Mind the seed.' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Saved')).toBeDefined();
    const body = await requests.find(({ method }) => method === 'PATCH')?.json();
    expect(body).toEqual({ name: 'small cnn', tags: ['one', 'two'], notes: 'Mind the seed.' });
    expect(screen.getByRole('link', { name: 'two' })).toBeDefined();
  });

  it('keeps what is typed while it saves', async () => {
    let answer = (_: unknown) => {};
    const requests = serve({
      [`GET ${path}`]: () => running,
      [`PATCH ${path}`]: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    await renderPage(<RunPage id={id} />, '/?tab=details');
    const type = (value: string) => fireEvent.change(screen.getByLabelText('Notes'), { target: { value } });
    await screen.findByLabelText('Notes');
    type('Mind the seed.');
    fireEvent.change(screen.getByLabelText('Tags'), { target: { value: 'one ,two' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    type('Mind the seed, and the rate.');
    await waitFor(() => expect(requests.some(({ method }) => method === 'PATCH')).toBe(true));
    await act(async () => answer({ ...running, tags: ['one', 'two'], notes: 'Mind the seed.' }));
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('Tags').value).toBe('one, two'));
    expect(screen.getByLabelText<HTMLTextAreaElement>('Notes').value).toBe('Mind the seed, and the rate.');
    expect(screen.getByRole('button', { name: 'Save' }).getAttribute('aria-disabled')).toBe('false');
    expect(screen.queryByText('Saved')).toBeNull();
  });

  it('shows findings, most severe first, with a link to a fork with the fix', async () => {
    const finding = {
      rule: 'overfitting',
      severity: 'warning',
      epoch: 3,
      message: 'It overfits.',
      evidence: [],
      source: 'A book',
      suggestion: null,
      seq: 5,
      at: '',
    };
    const worse = {
      ...finding,
      rule: 'diverged',
      severity: 'problem',
      message: 'It is NaN.',
      seq: 6,
      suggestion: { message: 'A smaller rate.', changes: [] },
    };
    serve({ [`GET ${path}`]: () => running, [`GET ${path}/findings`]: () => ({ findings: [finding, worse] }) });
    await renderPage(<RunPage id={id} />);
    const link = await screen.findByText('Fork with this fix');
    expect(link.getAttribute('href')).toBe(`/new?from=${id}&fix=6`);
    expect([...document.querySelectorAll('[data-rule]')].map((item) => item.getAttribute('data-rule'))).toEqual([
      'diverged',
      'overfitting',
    ]);
  });

  it('continues the run where the diagnosis asks for more epochs', async () => {
    const over = detail({ state: 'succeeded', epochs: 4, actions: actions(['extend', 'fork']) });
    const finding = {
      rule: 'underfitting',
      severity: 'info',
      epoch: 4,
      message: 'It still improves.',
      evidence: [
        { name: 'train_loss', layer: null, epoch: 4, value: 1, unit: null, limit: null },
        { name: 'update_ratio_median', layer: null, epoch: 4, value: 0.001, unit: null, limit: null },
      ],
      source: 'A paper',
      suggestion: {
        code: 'more_epochs',
        arguments: {},
        message: 'Train for more epochs.',
        changes: [{ path: '/training/epochs', value: 12 }],
      },
      seq: 5,
      at: '',
    };
    const requests = serve({
      [`GET ${path}`]: () => over,
      [`GET ${path}/findings`]: () => ({ findings: [finding] }),
      [`POST ${path}/extend`]: () => ({ ...over, state: 'queued' }),
    });
    await renderPage(<RunPage id={id} />);
    fireEvent.click(await screen.findByText('Train 8 more epochs'));
    await waitFor(() => expect(screen.getByText('Queued')).toBeDefined());
    expect(await requests.find(({ method }) => method === 'POST')?.json()).toEqual({ epochs: 12 });
    // The evidence leads to the picture that proves it.
    expect(screen.getByTitle('Show in layer statistics').getAttribute('href')).toBe(
      `/runs/${id}?tab=layers&statistic=update-ratio`,
    );
    const target = screen.getByTitle('Show in the chart').getAttribute('href')?.slice(1) ?? '';
    expect(screen.getByRole('heading', { name: 'Loss' }).id).toBe(target);
  });

  it('compares a fork with its parent', async () => {
    const parent = { id: 'parent-id', name: 'parent', kind: 'fork', epoch: null } as const;
    const points = [{ epoch: 1, step: 10, value: 0.5, seconds: 10, min: null, max: null }];
    const both = (before: string, after: string) => ({ 'parent-id': before, [id]: after });
    const best = (metric: string, goal: string, value: number) => ({
      metric,
      goal,
      perRun: [{ run: 'parent-id', best: value, bestEpoch: 1, latest: value }],
      perGroup: [],
    });
    serve({
      [`GET ${path}`]: () => ({ ...running, parent }),
      'GET /api/v1/compare': () => ({
        differences: [
          { pointer: '/model/activation/name', label: 'activation', values: both('sigmoid', 'relu'), replicate: false },
        ],
        curves: [{ metric: 'validation_accuracy', run: 'parent-id', points }],
        metrics: [best('validation_accuracy', 'max', 0.5), best('validation_loss', 'min', 2)],
      }),
    });
    const hub = await renderPage(<RunPage id={id} />, '/?accuracy=table');
    await waitFor(() => expect(hub.newest('Subscribe')).toBeDefined());
    act(() => hub.newest('Subscribe').send(events));
    await waitFor(() => expect(figure('Accuracy vs. parent')).toContain('+4.00%'));
    expect(figure('Loss vs. parent')).toContain('-0.9000');
    expect(screen.getByTestId('change').textContent).toBe('Activation: Sigmoid → ReLU');
    const table = await screen.findByRole('group', { name: 'Accuracy' });
    expect(within(table).getByText('Validation of the parent')).toBeDefined();
    expect(screen.getByRole('link', { name: 'Compare with parent' }).getAttribute('href')).toBe(
      `/compare?run=parent-id&run=${id}`,
    );
  });

  it('shows the last steps of a run that diverged, and its cause once', async () => {
    const failure = { class: 'diverged', code: null, arguments: null, message: 'It is NaN.' } as const;
    const finding = {
      rule: 'diverged',
      severity: 'problem',
      epoch: 1,
      message: 'The loss became NaN.',
      evidence: [],
      source: 'A paper',
      suggestion: null,
      seq: 4,
      at: '',
    };
    serve({
      [`GET ${path}`]: () => detail({ state: 'failed', failure, lastSeq: 2 }),
      [`GET ${path}/findings`]: () => ({ findings: [finding] }),
    });
    const hub = await renderPage(<RunPage id={id} />, '/?loss=table');
    await waitFor(() => expect(hub.newest('Subscribe')).toBeDefined());
    const lastFinite = {
      step: 3,
      trainLoss: 1e9,
      gradientNorm: null,
      stepLosses: [1, 1e3, 1e9].map((loss, index) => ({ step: index + 1, loss })),
    };
    const failed = { ...diverged('It is NaN.'), lastFinite };
    act(() => hub.newest('Subscribe').send([entry(1, started()), entry(2, progress(1)), entry(3, failed)]));
    const table = await screen.findByRole('group', { name: 'Loss' });
    await waitFor(() =>
      expect(
        within(table)
          .getAllByRole('row')
          .slice(1)
          .map((row) => row.textContent),
      ).toEqual(['11.000', '21,000', '31.00e9']),
    );
    expect(await screen.findByText('The loss became NaN.')).toBeDefined();
    expect(screen.queryByTestId('failure')).toBeNull();
  });

  it('shows no failure until it is known whether the diagnosis explains it, and then beside other views only', async () => {
    const failure = { class: 'diverged', code: null, arguments: null, message: 'It is NaN.' } as const;
    let answer = (_: unknown) => {};
    serve({
      [`GET ${path}`]: () => detail({ state: 'failed', failure }),
      [`GET ${path}/findings`]: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    await renderPage(<RunPage id={id} />, `/runs/${id}`);
    await screen.findByRole('heading', { name: 'small cnn' });
    expect(screen.queryByTestId('failure')).toBeNull();
    const finding = {
      rule: 'diverged',
      severity: 'problem',
      epoch: 1,
      message: 'NaN.',
      evidence: [],
      suggestion: null,
    };
    await act(async () => answer({ findings: [{ ...finding, source: '', seq: 4, at: '' }] }));
    expect(await screen.findByText('NaN.')).toBeDefined();
    expect(screen.queryByTestId('failure')).toBeNull();
    fireEvent.click(screen.getByRole('link', { name: 'Files' }));
    expect((await screen.findByTestId('failure')).textContent).toContain('It is NaN.');
  });

  it('says why the diagnosis cannot be loaded, and retries', async () => {
    const failure = { class: 'diverged', code: null, arguments: null, message: 'It is NaN.' } as const;
    let isBroken = true;
    const broken = () => Response.json({ title: 'Too much.', status: 403 }, { status: 403 });
    serve({
      [`GET ${path}`]: () => detail({ state: 'failed', failure }),
      [`GET ${path}/findings`]: () => (isBroken ? broken() : { findings: [] }),
    });
    await renderPage(<RunPage id={id} />, `/runs/${id}`);
    expect((await screen.findByTestId('failure')).textContent).toContain('It is NaN.');
    const line = screen.getByText(/Could not load the diagnosis: Too much\./);
    isBroken = false;
    fireEvent.click(within(line).getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(line.isConnected).toBe(false));
  });

  it('draws the curves over the axis of the URL', async () => {
    serve({ [`GET ${path}`]: () => running });
    const hub = await renderPage(<RunPage id={id} />, '/?loss=table');
    await waitFor(() => expect(hub.newest('Subscribe')).toBeDefined());
    act(() => hub.newest('Subscribe').send([...events, entry(5, epoch(2))]));
    const first = async () => (await screen.findByRole('group', { name: 'Loss' })).querySelectorAll('tbody th');
    await waitFor(async () => expect([...(await first())].map((cell) => cell.textContent)).toEqual(['1', '2']));
    fireEvent.click(screen.getByRole('button', { name: 'Step' }));
    expect(window.location.search).toContain('x=step');
    expect([...(await first())].map((cell) => cell.textContent)).toEqual(['10', '20']);
  });

  it('shows a failure in full', async () => {
    const failure = {
      class: 'out_of_memory',
      code: null,
      arguments: null,
      message: 'Needed 3 GB.\nUse a smaller batch.',
    } as const;
    serve({ [`GET ${path}`]: () => detail({ state: 'failed', failure }) });
    await renderPage(<RunPage id={id} />);
    expect((await screen.findByTestId('failure')).textContent).toBe(
      'Failed: Out of memoryNeeded 3 GB.\nUse a smaller batch.',
    );
  });

  it('shows important events by default, and all of them by the URL', async () => {
    serve({ [`GET ${path}`]: () => running });
    const hub = await renderPage(<RunPage id={id} />, '/?tab=details');
    await waitFor(() => expect(hub.newest('Subscribe')).toBeDefined());
    act(() => hub.newest('Subscribe').send([...events, entry(5, notice('Mind this.'))]));
    expect(await screen.findByText('Mind this.')).toBeDefined();
    expect(document.querySelectorAll('.event-epoch')).toHaveLength(0);
    fireEvent.click(screen.getByRole('button', { name: 'All' }));
    expect(window.location.search).toBe('?tab=details&events=all');
    expect(document.querySelectorAll('.event-epoch')).toHaveLength(1);
    expect(screen.getByText('Mind this.')).toBeDefined();
  });

  it('shows what differs from the defaults, and the spec without what is not set', async () => {
    const spec = {
      data: { dataset: { name: 'xor', noise: 0.3 }, trainLimit: null },
      training: { epochs: 5, brandNew: true, batchSize: null },
    };
    serve({ [`GET ${path}`]: () => ({ ...running, spec }), 'GET /api/v1/catalog': () => catalog });
    await renderPage(<RunPage id={id} />, '/?tab=details');
    const card = await screen.findByRole('region', { name: 'Settings that differ from the defaults' });
    expect(Array.from(card.querySelectorAll('dl > div'), ({ textContent }) => textContent)).toEqual([
      'DatasetXOR (noise 0.3)',
      'Brand newyes',
    ]);
    expect(JSON.parse(screen.getByRole('group', { name: 'Spec as JSON' }).textContent ?? '')).toEqual({
      data: { dataset: { name: 'xor', noise: 0.3 } },
      training: { epochs: 5, brandNew: true, batchSize: 'full' },
    });
  });

  it.each([
    ['succeeded', '', false],
    ['succeeded', 'The loss is not finite.', true],
    ['failed', '', true],
  ] as const)('offers the log of a run that %s with the log "%s": %s', async (over, log, isOffered) => {
    const requests = serve({
      [`GET ${path}`]: () => detail({ state: over }),
      [`GET ${path}/log`]: () => new Response(log),
    });
    await renderPage(<RunPage id={id} />);
    const tabs = await screen.findByRole('navigation', { name: 'Views of the run' });
    await waitFor(() => expect(requests.some(({ url }) => url.includes('/log'))).toBe(over !== 'failed'));
    await act(async () => {});
    await waitFor(() => expect(within(tabs).queryByText('Log') !== null).toBe(isOffered));
  });

  it('says what a checkpoint is, and how to load it', async () => {
    const checkpoint = {
      attempt: 1,
      epoch: 1,
      step: 10,
      bytes: 2000,
      sha256: 'a'.repeat(64),
      at: '2026-01-01T00:00:00Z',
    };
    const items = [
      { ...checkpoint, file: 'step-0000000010.safetensors', available: false },
      { ...checkpoint, file: 'step-0000000020.safetensors', available: true },
    ];
    serve({ [`GET ${path}`]: () => running, [`GET ${path}/checkpoints`]: () => ({ items }) });
    await renderPage(<RunPage id={id} />, '/?tab=files');
    expect((await screen.findByRole('group', { name: 'Load a checkpoint' })).textContent).toBe(
      'from safetensors.torch import load_file\nweights = load_file("step-0000000020.safetensors")',
    );
  });

  it.each([
    ['# name\n#\n# Equal\nimport torch\n# Data\n', '# name\n#\n# Equal\n', 'import torch\n# Data\n'],
    ['// name\n#:package TorchSharp\n', '// name\n', '#:package TorchSharp\n'],
  ])('folds the header of the program %j', async (program, header, rest) => {
    serve({ [`GET ${path}`]: () => running, [`GET ${path}/code`]: () => new Response(program) });
    await renderPage(<RunPage id={id} />, '/?tab=code');
    const [folded, shown] = (await screen.findByRole('group', { name: 'TorchSharp (C#)' })).querySelectorAll('pre');
    expect(folded?.closest('details')?.open).toBe(false);
    expect([folded?.textContent, shown?.textContent]).toEqual([header, rest]);
  });

  it('shows the program in the language of the URL', async () => {
    const requests = serve({
      [`GET ${path}`]: () => running,
      [`GET ${path}/code`]: ({ url }) =>
        new Response(new URL(url).searchParams.get('language') === 'pytorch' ? 'import torch' : 'using TorchSharp;'),
    });
    await renderPage(<RunPage id={id} />, '/?tab=code');
    const download = async () => (await screen.findByRole('link', { name: 'Download' })).getAttribute('href');
    const targets = () => screen.queryByRole('link', { name: /^Directory\.Build\.targets/ })?.getAttribute('href');
    expect((await screen.findByRole('group', { name: 'TorchSharp (C#)' })).textContent).toBe('using TorchSharp;');
    expect(await download()).toBe(`${path}/code?language=torchsharp`);
    expect(screen.getByText('dotnet run program.cs')).toBeDefined();
    expect(targets()).toBe('/api/v1/torchsharp/Directory.Build.targets');
    fireEvent.click(screen.getByRole('button', { name: 'PyTorch (Python)' }));
    expect((await screen.findByRole('group', { name: 'PyTorch (Python)' })).textContent).toBe('import torch');
    expect(await download()).toBe(`${path}/code?language=pytorch`);
    expect(screen.getByText('python3 program.py')).toBeDefined();
    expect(targets()).toBeUndefined();
    expect(window.location.search).toBe('?tab=code&language=pytorch');
    expect(requests.filter(({ url }) => url.includes('/code'))).toHaveLength(2);
  });

  it('copies the program, or reports that the browser blocked it', async () => {
    const writeText = vi.fn().mockResolvedValueOnce(undefined).mockRejectedValueOnce(new Error('denied'));
    vi.stubGlobal('navigator', Object.create(navigator, { clipboard: { value: { writeText } } }));
    serve({ [`GET ${path}`]: () => running, [`GET ${path}/code`]: () => new Response('using TorchSharp;') });
    await renderPage(<RunPage id={id} />, '/?tab=code');
    const copy = await screen.findByRole('button', { name: 'Copy code' });
    fireEvent.click(copy);
    expect(await screen.findByText('Copied')).toBeDefined();
    expect(writeText).toHaveBeenCalledWith('using TorchSharp;');
    fireEvent.click(copy);
    expect(await screen.findByText(/blocked copying/)).toBeDefined();
  });

  it('shows why the program cannot be loaded, and retries', async () => {
    let isThere = false;
    serve({
      [`GET ${path}`]: () => running,
      [`GET ${path}/code`]: () => (isThere ? new Response('using TorchSharp;') : undefined),
    });
    await renderPage(<RunPage id={id} />, '/?tab=code');
    expect((await screen.findByRole('alert')).textContent).toContain('Could not load the code');
    isThere = true;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('using TorchSharp;')).toBeDefined();
  });

  it('reports a run that does not exist', async () => {
    serve({});
    await renderPage(<RunPage id="nowhere" />);
    expect(await screen.findByRole('heading', { name: 'Run not found' })).toBeDefined();
  });
});
