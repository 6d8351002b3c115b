// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SpecFinding } from '../../api/types';
import { catalog } from '../../testing/catalog';
import { renderPage, serve } from '../../testing/renderPage';
import { NewRunPage } from '../NewRunPage';

const checkedSpec = {
  valid: true,
  findings: [],
  spec: { training: { epochs: 5, optimizer: { name: 'adam', learningRate: 0.002 } } },
  layers: [],
  parameters: 24,
  flopsPerSample: 32,
  memoryBytes: 1_000_000,
  expectedSecondsPerEpoch: 3,
  expectedSeconds: 14,
};
const checkedStudy = {
  valid: true,
  findings: [],
  trials: 20,
  runs: 60,
  combinations: null,
  flops: 1e9,
  expectedSeconds: 120,
  parallelism: 2,
  infeasible: [],
  first: [{ number: 0, assignment: { 'Learning rate': 0.01 }, spec: {} }],
};
const checks = '/api/v1/studies/check';

const bodies = async (requests: Request[], path: string) =>
  Promise.all(requests.filter(({ url }) => url.endsWith(path)).map((request) => request.clone().json()));
const lastCheck = async (requests: Request[]) => (await bodies(requests, checks)).at(-1);

async function open(address = '/new', routes: Parameters<typeof serve>[0] = {}) {
  const requests = serve({
    'GET /api/v1/catalog': () => catalog,
    'POST /api/v1/specs/check': () => checkedSpec,
    [`POST ${checks}`]: () => checkedStudy,
    ...routes,
  });
  await renderPage(<NewRunPage />, address);
  await screen.findByText('Valid');
  return requests;
}

describe('the form for a study', () => {
  beforeEach(() => sessionStorage.clear());

  it('varies a setting over a range, says how many runs that is and how long, and starts the study', async () => {
    const requests = await open('/new', {
      'POST /api/v1/studies': () => Response.json({ id: 'made' }, { status: 201 }),
    });
    fireEvent.click(screen.getByRole('button', { name: 'Vary Learning rate' }));
    expect(new URLSearchParams(window.location.search).get('mode')).toBe('study');
    const editor = screen.getByRole('group', { name: 'Values of Learning rate' });
    expect((within(editor).getByLabelText('From') as HTMLInputElement).value).toBe('0.0002');
    expect(within(editor).getByRole('button', { name: 'Log range' }).getAttribute('aria-pressed')).toBe('true');
    fireEvent.change(within(editor).getByLabelText('To'), { target: { value: '0.1' } });
    fireEvent.change(screen.getByLabelText('Seeds per trial'), { target: { value: '3' } });
    fireEvent.change(screen.getByLabelText('Notes'), { target: { value: 'The first lecture.' } });

    const figures = screen.getByLabelText('Check', { selector: 'dl' });
    await waitFor(() => expect(figures.textContent).toContain('60 (20 × 3 seeds)'));
    // Two at a time.
    expect(figures.textContent).toContain('about 1 min');
    await waitFor(async () => expect((await lastCheck(requests))?.notes).toBe('The first lecture.'));
    const body = await lastCheck(requests);
    expect(body).toMatchObject({
      name: 'My first run · Learning rate',
      seeds: 3,
      parameters: [
        {
          name: 'Learning rate',
          pointers: ['/training/optimizer/learningRate'],
          kind: 'float',
          low: 0.0002,
          high: 0.1,
          log: true,
        },
      ],
      method: { name: 'tpe' },
    });
    await waitFor(() => expect(document.querySelector('[data-check=valid]')).not.toBeNull());
    fireEvent.click(screen.getByRole('button', { name: 'Start study' }));
    await waitFor(() => expect(window.location.pathname).toBe('/studies/made'));
    expect(await bodies(requests, '/api/v1/studies')).toEqual([body]);
    expect(sessionStorage.length).toBe(0);
  });

  it('varies a choice, and a parameter of one of the choices', async () => {
    const requests = await open();
    fireEvent.click(screen.getByRole('button', { name: 'Vary Optimizer' }));
    const editor = screen.getByRole('group', { name: 'Values of Optimizer' });
    expect(within(editor).getByText('Choose two or more.')).toBeDefined();
    fireEvent.click(within(editor).getByRole('button', { name: 'SGD' }));
    const sgd = within(editor).getByRole('group', { name: 'SGD' });
    fireEvent.click(within(sgd).getByRole('button', { name: 'Vary Learning rate' }));
    fireEvent.change(within(within(editor).getByRole('group', { name: 'ADAM' })).getByLabelText('Learning rate'), {
      target: { value: '0.5' },
    });
    await waitFor(async () =>
      expect((await lastCheck(requests))?.parameters).toEqual([
        {
          name: 'Optimizer',
          pointers: ['/training/optimizer'],
          kind: 'categorical',
          values: [{ name: 'adam', learningRate: 0.5 }, 'sgd'],
        },
        {
          name: 'Learning rate (SGD)',
          pointers: ['/training/optimizer/learningRate'],
          kind: 'float',
          low: 0.01,
          high: 1,
          log: true,
          when: { parameter: 'Optimizer', in: ['sgd'] },
        },
      ]),
    );
    expect(screen.getByRole('list', { name: 'Settings that vary' }).textContent).toContain(
      'only when Optimizer is SGD',
    );
  });

  it('stays the form for one run while nothing varies, and repeats a run over seeds', async () => {
    const requests = await open('/new?mode=study');
    expect(screen.getByRole('button', { name: 'Start training' })).toBeDefined();
    expect(await bodies(requests, checks)).toEqual([]);
    fireEvent.change(screen.getByLabelText('Seeds per trial'), { target: { value: '5' } });
    expect(await screen.findByRole('button', { name: 'Start study' })).toBeDefined();
    await waitFor(async () =>
      expect(await lastCheck(requests)).toMatchObject({
        name: 'My first run · × 5 seeds',
        seeds: 5,
        parameters: [{ name: 'Optimizer', values: [{ name: 'adam', learningRate: 0.002 }] }],
      }),
    );
  });

  it('shows what is wrong with the values at their setting, and what the study leaves out', async () => {
    const finding: SpecFinding = {
      severity: 'error',
      pointer: '/parameters/0/high',
      code: 'empty_range',
      arguments: { low: 1, high: 0.1 },
      message: 'The range has no values.',
      found: '0.1',
      allowed: '',
      fix: 'Write a larger number.',
    };
    await open('/new', {
      [`POST ${checks}`]: async (request) =>
        (await request.clone().json()).parameters[0].high === 0.1
          ? { ...checkedStudy, valid: false, findings: [finding], first: [] }
          : {
              ...checkedStudy,
              infeasible: [
                { number: 3, assignment: { 'Learning rate': 7 }, findings: [{ ...finding, message: 'Too high.' }] },
              ],
            },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Vary Learning rate' }));
    expect(await screen.findByText('Learning rate 7')).toBeDefined();
    const editor = screen.getByRole('group', { name: 'Values of Learning rate' });
    fireEvent.change(within(editor).getByLabelText('To'), { target: { value: '0.1' } });
    expect(await within(editor).findByText(/The range has no values/)).toBeDefined();
    expect(screen.getByText('1 error')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Use one value for Learning rate' }));
    expect(await screen.findByRole('button', { name: 'Start training' })).toBeDefined();
  });

  it('imports the search space of another tool, and lists what did not map', async () => {
    const requests = await open('/new?mode=study', {
      'POST /api/v1/studies/import': () => ({
        format: 'wandb_sweep',
        space: {
          parameters: [
            {
              name: 'lr',
              pointers: ['/training/optimizer/learningRate'],
              kind: 'float',
              low: 0.001,
              high: 1,
              log: true,
              step: null,
            },
          ],
        },
        constants: [{ name: 'epochs', pointer: '/training/epochs', value: 7 }],
        method: { name: 'random', scramble: null },
        metric: 'validation_loss',
        stopping: null,
        trials: 12,
        parallelism: null,
        unmapped: [{ path: 'parameters.dropout_schedule', reason: 'unknown_parameter', detail: '' }],
      }),
    });
    fireEvent.click(screen.getByRole('button', { name: 'Import a search space…' }));
    fireEvent.change(screen.getByLabelText('Or its text'), { target: { value: 'method: random' } });
    fireEvent.click(screen.getByRole('button', { name: 'Read' }));
    expect((await screen.findByText('parameters.dropout_schedule')).closest('li')?.textContent).toContain(
      'a spec has no such setting',
    );
    fireEvent.click(screen.getByRole('button', { name: 'Use it' }));
    expect((screen.getByLabelText('Epochs') as HTMLInputElement).value).toBe('7');
    await waitFor(async () =>
      expect(await lastCheck(requests)).toMatchObject({
        parameters: [{ name: 'lr', low: 0.001 }],
        method: { name: 'random' },
        metric: 'validation_loss',
        trials: 12,
        spec: { training: { epochs: 7 } },
      }),
    );
  });

  it('starts from a study of a lesson, with what it leaves out at its default', async () => {
    const request = (method: string) => ({
      name: 'fashion',
      spec: { name: 'net', training: { epochs: 7 } },
      parameters: [{ name: 'width', pointers: ['/model/dense'], kind: 'categorical', values: [[8], [16, 8]] }],
      method: { name: method },
      trials: 100,
    });
    const requests = await open('/new?lesson=search&study=tpe&mode=study', {
      'GET /api/v1/lessons/search': () => ({
        runs: [],
        studies: ['grid', 'tpe'].map((id) => ({ id, label: { en: id, ko: id }, request: request(id) })),
      }),
    });
    expect(screen.getByRole('heading', { name: 'New study from “fashion”' })).toBeDefined();
    await waitFor(async () =>
      expect(await lastCheck(requests)).toMatchObject({
        spec: { training: { epochs: 7 } },
        parameters: [{ name: 'width', values: [[8], [16, 8]] }],
        method: { name: 'tpe' },
        metric: 'validation_accuracy',
        trials: 100,
        seeds: 1,
      }),
    );
  });

  it('starts from a study that exists', async () => {
    const requests = await open('/new?study=s1&mode=study', {
      'GET /api/v1/studies/s1': () => ({
        name: 'Widths',
        trials: 2,
        definition: {
          spec: { name: 'net', model: { kind: 'mlp', dense: [8] } },
          parameters: [{ name: 'width', pointers: ['/model/dense'], kind: 'categorical', values: [[8], [16, 8]] }],
          method: { name: 'grid' },
          stopping: null,
          metric: 'validation_accuracy',
          seeds: [1, 2],
          budget: {},
        },
      }),
    });
    expect(screen.getByRole('heading', { name: 'New study from “Widths”' })).toBeDefined();
    const editor = screen.getByRole('group', { name: 'Values of Hidden dense layers' });
    expect((within(editor).getByRole('textbox') as HTMLInputElement).value).toBe('8; 16, 8');
    fireEvent.change(within(editor).getByRole('textbox'), { target: { value: '8; 32, 16' } });
    await waitFor(async () =>
      expect(await lastCheck(requests)).toMatchObject({
        name: 'net · width',
        seeds: 2,
        parameters: [{ values: [[8], [32, 16]] }],
        spec: { name: 'net' },
      }),
    );
  });
});
