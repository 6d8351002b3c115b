// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SpecFinding } from '../api/types';
import { catalog } from '../testing/catalog';
import { renderPage, serve } from '../testing/renderPage';
import { detail } from '../testing/samples';
import { NewRunPage } from './NewRunPage';

const valid = {
  valid: true,
  findings: [],
  spec: { training: { epochs: 4, optimizer: { name: 'adam', learningRate: 0.001 } }, model: { batchNorm: null } },
  layers: [
    {
      name: 'dense1',
      kind: 'dense',
      settings: '8 units',
      input: [2],
      output: [8],
      parameters: 24,
      flops: 32,
      outputBytes: 32,
    },
  ],
  parameters: 24,
  flopsPerSample: 32,
  memoryBytes: 1_000_000,
  expectedSecondsPerEpoch: 3,
  expectedSeconds: 14,
};

const bodies = async (requests: Request[], path: string) =>
  Promise.all(requests.filter(({ url }) => url.endsWith(path)).map((request) => request.clone().json()));

const view = (name: string) =>
  fireEvent.click(within(screen.getByRole('group', { name: 'View of the spec' })).getByRole('button', { name }));
const editor = (): HTMLTextAreaElement => {
  const find = () => screen.queryByRole<HTMLTextAreaElement>('textbox', { name: 'Spec as JSON' });
  if (find() === null) {
    view('JSON');
  }
  return find() as HTMLTextAreaElement;
};
const spec = () => JSON.parse(editor().value);

async function open(routes: Parameters<typeof serve>[0] = {}) {
  const requests = serve({ 'GET /api/v1/catalog': () => catalog, 'POST /api/v1/specs/check': () => valid, ...routes });
  await renderPage(<NewRunPage />, '/new');
  await screen.findByRole('button', { name: 'Start training' });
  return requests;
}

describe('NewRunPage', () => {
  beforeEach(() => sessionStorage.clear());

  it('shows size, memory and time before submitting', async () => {
    await open();
    expect(await screen.findByText('Valid')).toBeDefined();
    const figures = screen.getByLabelText('Check', { selector: 'dl' });
    expect(figures.textContent).toContain('1 MB');
    expect(figures.textContent).toContain('14 s');
    const chain = screen.getByRole('list', { name: 'Network, from input to output' });
    expect(
      within(chain)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['Input2', 'Dense 8824']);
  });

  it('keeps form and JSON in sync', async () => {
    await open();
    fireEvent.change(screen.getByLabelText('Epochs'), { target: { value: '12' } });
    expect(spec().training.epochs).toBe(12);
    fireEvent.change(screen.getByLabelText('Epochs'), { target: { value: '' } });
    expect('epochs' in spec().training).toBe(false);
    fireEvent.change(editor(), { target: { value: '{"name": "typed", "model": {"kind": "mlp", "dense": [7, 6]}}' } });
    expect((screen.getByLabelText('Name') as HTMLInputElement).value).toBe('typed');
    expect((screen.getByLabelText('Hidden dense layers') as HTMLInputElement).value).toBe('7, 6');
    expect(screen.queryByText('Convolution blocks')).toBeNull();
  });

  it('explains on demand, with the formula typeset', async () => {
    await open();
    expect(document.querySelector('math')).toBeNull();
    const help = screen.getByLabelText('Help: Batch normalization', { selector: '[popover]' });
    expect(help.textContent).toBe('');
    fireEvent(help, Object.assign(new Event('toggle'), { newState: 'open' }));
    expect(help.querySelector('math')?.textContent).toBe('y=x');
    expect(help.textContent).toContain('What batch_norm is.');
    expect(help.textContent).toContain('Source: A paper');
  });

  it('shows the help of the focused field at the foot of the form', async () => {
    await open();
    const foot = () => document.querySelector('.form-help');
    expect(foot()?.textContent).toBe('');
    fireEvent.focus(screen.getByLabelText('Epochs'));
    expect(foot()?.textContent).toBe('Epochs What epochs does. Default: 5');
    fireEvent.blur(screen.getByLabelText('Epochs'));
    expect(foot()?.textContent).toBe('');
  });

  it('collapses its sections to a line, and opens the one with an error', async () => {
    const finding: SpecFinding = {
      severity: 'error',
      pointer: '/name',
      code: 'wrong_text',
      arguments: { member: 'name' },
      message: 'Must be text.',
      found: null,
      allowed: '',
      fix: '',
    };
    await open({
      'POST /api/v1/specs/check': async (request) =>
        'name' in (await request.clone().json())
          ? { ...valid, spec: null }
          : { ...valid, valid: false, spec: null, findings: [finding] },
    });
    const section = (title: string) => screen.getByRole('heading', { name: title, level: 2 }).closest('details');
    expect(section('Training')?.querySelector('summary')?.textContent).toMatch(
      /^Training.*5 epochs · batch 128 · ADAM/,
    );
    expect(section('Data')?.querySelector('summary')?.textContent).toContain('SHAPES');
    expect(section('Run')?.open).toBe(false);
    fireEvent.change(screen.getByLabelText('Name'), { target: { value: '' } });
    await waitFor(() => expect(section('Run')?.open).toBe(true));
  });

  it('shows the usual settings, or all of them', async () => {
    localStorage.clear();
    await open();
    expect(screen.getAllByText('More settings', { exact: false }).length).toBeGreaterThan(0);
    fireEvent.click(within(screen.getByRole('group', { name: 'Settings shown' })).getByRole('button', { name: 'All' }));
    expect(screen.queryByText('More settings', { exact: false })).toBeNull();
    expect(screen.getByLabelText('Brand new')).toBeDefined();
    localStorage.clear();
  });

  it('follows the kind of network with the members that it needs', async () => {
    await open();
    fireEvent.change(screen.getByLabelText('Architecture'), { target: { value: 'mlp' } });
    expect(spec().model).toMatchObject({ kind: 'mlp', dense: [64], activation: 'relu' });
    expect('blocks' in spec().model).toBe(false);
  });

  it('corrects a finding with one click, and names its place', async () => {
    const finding: SpecFinding = {
      severity: 'error',
      pointer: '/training/epochs',
      code: 'out_of_range',
      arguments: { member: 'epochs', suggested: 1 },
      message: 'Must be between 1 and 10,000.',
      found: '0',
      allowed: '1 to 10,000',
      fix: 'Write 1.',
    };
    await open({
      'POST /api/v1/specs/check': async (request) =>
        (await request.clone().json()).training.epochs === 1
          ? valid
          : { ...valid, valid: false, spec: null, findings: [finding] },
    });
    await screen.findByText('1 error');
    const card = screen.getByRole('heading', { name: 'To check' }).closest('section') as HTMLElement;
    expect(card.textContent).toContain('Epochs: Must be between 1 and 10,000.');
    expect(card.textContent).not.toContain('/training');
    fireEvent.click(within(card).getByRole('button', { name: 'Use 1' }));
    expect(await screen.findByText('Valid')).toBeDefined();
    expect(spec().training.epochs).toBe(1);
  });

  it('previews the dataset, and says why it cannot', async () => {
    const sizes = { shape: [2], trainSamples: 3, validationSamples: 1, testSamples: 2 };
    let asked: unknown = null;
    await open({
      'POST /api/v1/specs/preview': async (request) => {
        asked = await request.clone().json();
        return {
          ...sizes,
          classNames: ['disc', 'ring'],
          images: [
            { png: 'iVBORw0K', label: 0, trueLabel: 0 },
            { png: 'iVBORw0L', label: 0, trueLabel: 1 },
          ],
          points: [],
        };
      },
    });
    const images = await screen.findByRole('list', { name: '16 training images with their labels' });
    expect(images.querySelectorAll('img')[1]?.getAttribute('src')).toBe('data:image/png;base64,iVBORw0L');
    expect(images.querySelectorAll('.preview-wrong')).toHaveLength(1);
    expect(images.textContent).toContain('wrong label; truly ring');
    expect(asked).toEqual({ data: { dataset: 'shapes' } });
  });

  it('draws the points of a plane, and names a missing dataset', async () => {
    await open({
      'POST /api/v1/specs/preview': async (request) =>
        (await request.clone().json()).data.dataset === 'xor'
          ? {
              ...{ shape: [2], trainSamples: 1, validationSamples: 1, testSamples: 2 },
              classNames: ['0', '1'],
              images: [],
              points: [
                { x: 0, y: 0, label: 0, validation: false },
                { x: 0, y: 1, label: 1, validation: true },
              ],
            }
          : Response.json(
              { status: 409, title: 'Not here.', detail: 'shapes is not on this machine yet.' },
              { status: 409 },
            ),
    });
    expect(await screen.findByText('shapes is not on this machine yet.')).toBeDefined();
    fireEvent.change(screen.getByLabelText('Dataset'), { target: { value: 'xor' } });
    const cloud = await screen.findByRole('img', { name: '2 points of 2 classes' });
    expect(cloud.querySelectorAll('circle')).toHaveLength(2);
    expect(cloud.querySelectorAll('.preview-held')).toHaveLength(1);
  });

  it('starts a run from a template by a digit and Ctrl+Enter', async () => {
    const requests = serve({
      'GET /api/v1/catalog': () => catalog,
      'POST /api/v1/specs/check': () => valid,
      'POST /api/v1/runs': () => Response.json({ id: 'made' }, { status: 201 }),
    });
    const press = (key: string, ctrlKey = false) =>
      fireEvent.keyDown(document.activeElement ?? document.body, { key, ctrlKey });
    await renderPage(<NewRunPage />, '/new');
    await screen.findByText('Valid');
    press('1');
    await screen.findByText('Valid');
    press('Enter', true);
    await waitFor(() => expect(window.location.pathname).toBe('/runs/made'));
    expect(await bodies(requests, '/api/v1/runs')).toMatchObject([{ name: 'XOR with a hidden layer' }]);
  });

  it('keeps the typed text while it becomes a number', async () => {
    await open();
    const rate = screen.getByLabelText('Learning rate') as HTMLInputElement;
    for (const typed of ['0', '0.', '0.0', '0.05']) {
      fireEvent.change(rate, { target: { value: typed } });
      expect(rate.value).toBe(typed);
    }
    expect(spec().training.optimizer).toEqual({ name: 'adam', learningRate: 0.05 });
    fireEvent.change(rate, { target: { value: '' } });
    expect(spec().training.optimizer).toBe('adam');
  });

  it('drops the parameters of a technique that is no longer selected', async () => {
    await open();
    fireEvent.change(screen.getByLabelText('Learning rate'), { target: { value: '0.5' } });
    fireEvent.change(screen.getByLabelText('Optimizer'), { target: { value: 'sgd' } });
    expect(spec().training.optimizer).toBe('sgd');
    expect(screen.getByText('What sgd is.')).toBeDefined();
  });

  it('adds, moves and removes blocks, and switches groups', async () => {
    await open();
    fireEvent.click(screen.getByRole('button', { name: 'Add block' }));
    expect(spec().model.blocks).toEqual([{ filters: 16 }, { filters: 32 }, { filters: 32 }]);
    fireEvent.click(screen.getByRole('button', { name: 'Move Block 2 up' }));
    fireEvent.click(screen.getByRole('button', { name: 'Remove Block 3' }));
    expect(spec().model.blocks).toEqual([{ filters: 32 }, { filters: 16 }]);
    fireEvent.click(screen.getByLabelText('Use batch normalization'));
    expect('batchNorm' in spec().model).toBe(false);
    fireEvent.click(screen.getByLabelText('Use batch normalization'));
    expect(spec().model.batchNorm).toEqual({});
  });

  it('shows a finding at its field, marks its line, and does not submit', async () => {
    const finding: SpecFinding = {
      severity: 'error',
      pointer: '/training/epochs',
      code: 'out_of_range',
      arguments: { member: 'epochs' },
      message: "'epochs' is out of range.",
      found: '0',
      allowed: '1 to 10',
      fix: 'Write 1.',
    };
    const requests = await open({
      'POST /api/v1/specs/check': () => ({ ...valid, valid: false, spec: null, layers: [], findings: [finding] }),
    });
    expect(await screen.findByText('1 error')).toBeDefined();
    const epochs = screen.getByLabelText('Epochs');
    expect(epochs.getAttribute('aria-invalid')).toBe('true');
    expect((epochs.closest('.field') as HTMLElement).textContent).toContain('Write 1.');
    editor();
    expect(document.querySelectorAll('.json-mark-error')).toHaveLength(1);
    fireEvent.click(screen.getByRole('button', { name: 'Start training' }));
    expect(document.activeElement).toBe(epochs);
    expect(requests.some(({ method, url }) => method === 'POST' && url.endsWith('/runs'))).toBe(false);
  });

  it('shows the layers up to the first incompatible one, and the reason', async () => {
    const finding: SpecFinding = {
      severity: 'error',
      pointer: '/model/blocks/2/pool',
      code: 'nothing_to_pool',
      arguments: { layer: 'pool3', pool: 'max', size: 4, height: 2, width: 2 },
      message: 'The input of pool3 is smaller than its pooling window.',
      found: '"max"',
      allowed: 'no pooling',
      fix: 'Leave it out.',
    };
    const brokenLayer = { name: 'pool3', kind: 'pool', input: [4, 2, 2] };
    await open({
      'POST /api/v1/specs/check': () => ({ ...valid, valid: false, spec: null, brokenLayer, findings: [finding] }),
    });
    const table = await screen.findByRole('table');
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows.map((row) => within(row).getByRole('rowheader').textContent)).toEqual(['dense1', 'pool3']);
    expect(rows[1]?.textContent).toContain('incompatible with its input of 4 × 2 × 2');
    expect(rows[1]?.textContent).toContain(finding.message);
    expect(rows[1]?.getAttribute('data-broken')).toBe('pool3');
  });

  it('shows a finding without a field at the nearest ancestor', async () => {
    const finding: SpecFinding = {
      severity: 'error',
      pointer: '/training/optimizer/foo',
      code: 'unknown_member',
      arguments: { member: 'foo' },
      message: 'No such member.',
      fix: '',
      allowed: '',
      found: '',
    };
    await open({ 'POST /api/v1/specs/check': () => ({ ...valid, valid: false, spec: null, findings: [finding] }) });
    const optimizer = screen.getByLabelText('Optimizer').closest('.field') as HTMLElement;
    expect(await within(optimizer).findByText(/No such member/)).toBeDefined();
  });

  it('disables the form while the JSON is invalid, and shows where', async () => {
    await open();
    fireEvent.change(editor(), { target: { value: '{\n  "name": \n}' } });
    expect(screen.getAllByText(/Line 3, column 1: value expected/).length).toBeGreaterThan(0);
    expect((screen.getByLabelText('Name') as HTMLInputElement).matches(':disabled')).toBe(true);
  });

  it('submits once by keyboard, with an idempotency key, and opens the run', async () => {
    const requests = await open({ 'POST /api/v1/runs': () => Response.json({ id: 'made' }, { status: 201 }) });
    await screen.findByText('Valid');
    fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'by hand' } });
    fireEvent.keyDown(screen.getByLabelText('Name'), { key: 'Enter', ctrlKey: true });
    await waitFor(() => expect(window.location.pathname).toBe('/runs/made'));
    const [body, ...more] = await bodies(requests, '/api/v1/runs');
    expect(more).toEqual([]);
    expect(body).toMatchObject({ name: 'by hand', data: { dataset: 'shapes' } });
    expect(sessionStorage.length).toBe(0);
  });

  it('asks before a template replaces changes', async () => {
    await open();
    fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'mine' } });
    const example = screen.getByRole('button', { name: /^XOR/ });
    fireEvent.click(example);
    expect(spec().name).toBe('mine');
    fireEvent.click(screen.getByRole('button', { name: 'Replace' }));
    expect(spec().name).toBe('XOR with a hidden layer');
    expect(new URLSearchParams(window.location.search).get('template')).toBe('xor');
    expect(example.getAttribute('aria-pressed')).toBe('true');
  });

  it('keeps a draft across a reload', async () => {
    await open();
    fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'draft' } });
    document.body.innerHTML = '';
    await open();
    expect(spec().name).toBe('draft');
  });
});

describe('NewRunPage for a lesson', () => {
  beforeEach(() => sessionStorage.clear());

  it('starts from the spec of its run, and not from a template', async () => {
    serve({
      'GET /api/v1/catalog': () => catalog,
      'POST /api/v1/specs/check': () => valid,
      'GET /api/v1/lessons/init': () => ({ runs: [{ id: 'zeros', spec: { name: 'All zeros' } }], variants: [] }),
    });
    await renderPage(<NewRunPage />, '/new?lesson=init&run=zeros');
    await screen.findByRole('button', { name: 'Start training' });
    expect(spec().name).toBe('All zeros');
    expect(document.querySelectorAll('[data-template]').length).toBeGreaterThan(0);
    expect(document.querySelector('[data-template][aria-pressed="true"]')).toBeNull();
  });
});

describe('NewRunPage for a fork', () => {
  beforeEach(() => sessionStorage.clear());
  const base = {
    name: 'parent',
    model: { dense: [8] },
    training: { epochs: 5, optimizer: { name: 'adam', learningRate: 1 } },
  };
  const finding = {
    seq: 7,
    suggestion: {
      code: 'smaller_learning_rate',
      arguments: { learningRate: 0.1 },
      message: 'A smaller rate.',
      changes: [{ path: '/training/optimizer/learningRate', value: 0.1 }],
    },
  };

  const checkpoint = { attempt: 1, epoch: 5, step: 50, file: 'a', bytes: 1, sha256: '', at: '', available: true };
  const parent = { ...detail({ id: 'parent-id', name: 'parent' }), layers: valid.layers, spec: base };
  const routes = {
    'GET /api/v1/catalog': () => catalog,
    'GET /api/v1/runs/parent-id': () => parent,
    'GET /api/v1/runs/parent-id/findings': () => ({ findings: [finding] }),
    'GET /api/v1/runs/parent-id/checkpoints': () => ({ items: [checkpoint] }),
    'POST /api/v1/specs/check': async (request: Request) => ({ ...valid, spec: await request.clone().json() }),
  };
  const weights = () => screen.queryByLabelText<HTMLInputElement>('Start from the weights of its latest checkpoint');

  it('applies and shows the suggested changes, and submits only the differences', async () => {
    const requests = serve({
      ...routes,
      'POST /api/v1/runs/parent-id/fork': () => Response.json({ id: 'child' }, { status: 201 }),
    });
    await renderPage(<NewRunPage />, '/new?from=parent-id&fix=7');
    expect((await screen.findByText(/A smaller rate\./)).textContent).toContain('Suggested changes');
    const change = document.querySelector('[data-change="/training/optimizer/learningRate"]');
    expect(change?.textContent).toBe('Learning rate:1 → 0.1');
    expect(screen.getByText('parent · learning rate 0.1')).toBeDefined();
    await screen.findByText('Valid');
    fireEvent.change(screen.getByLabelText('Epochs'), { target: { value: '9' } });
    await waitFor(() => expect(document.querySelector('[data-change="/training/epochs"]')).not.toBeNull());
    fireEvent.click(weights() as HTMLInputElement);
    fireEvent.click(screen.getByRole('button', { name: 'Start training' }));
    await waitFor(() => expect(window.location.pathname).toBe('/runs/child'));
    expect(await bodies(requests, '/fork')).toEqual([
      {
        name: 'parent · epochs 9 + learning rate 0.1',
        weights: true,
        changes: [
          { path: '/training/epochs', value: 9 },
          { path: '/training/optimizer/learningRate', value: 0.1 },
        ],
      },
    ]);
  });

  it('offers no weights without a checkpoint that is available', async () => {
    serve({
      ...routes,
      'GET /api/v1/runs/parent-id/checkpoints': () => ({ items: [{ ...checkpoint, available: false }] }),
    });
    await renderPage(<NewRunPage />, '/new?from=parent-id');
    await screen.findByText('Valid');
    expect(weights()).toBeNull();
  });

  it('offers no weights to another network', async () => {
    const wider = valid.layers.map((layer) => ({ ...layer, output: [9], parameters: 27 }));
    const requests = serve({
      ...routes,
      'POST /api/v1/specs/check': async (request) => {
        const spec = await request.clone().json();
        return { ...valid, spec, layers: spec.model.dense[0] === 9 ? wider : valid.layers };
      },
      'POST /api/v1/runs/parent-id/fork': () => Response.json({ id: 'child' }, { status: 201 }),
    });
    await renderPage(<NewRunPage />, '/new?from=parent-id');
    await waitFor(() => expect(weights()?.disabled).toBe(false));
    fireEvent.click(weights() as HTMLInputElement);
    expect(weights()?.checked).toBe(true);
    fireEvent.change(editor(), { target: { value: JSON.stringify({ ...base, model: { dense: [9] } }) } });
    await waitFor(() => expect(weights()).toMatchObject({ disabled: true, checked: false }));
    expect(screen.getByText('Its weights do not fit this network.')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Start training' }));
    await waitFor(() => expect(window.location.pathname).toBe('/runs/child'));
    expect(await bodies(requests, '/fork')).toMatchObject([{ weights: false }]);
  });

  it('shows what is found only on submission', async () => {
    const found = {
      severity: 'error',
      pointer: '/model',
      code: 'weights_do_not_fit',
      arguments: {},
      message: 'The weights do not fit.',
      found: null,
      allowed: '',
      fix: '',
    };
    serve({
      ...routes,
      'POST /api/v1/runs/parent-id/fork': () =>
        Response.json({ title: 'The spec is invalid.', status: 422, findings: [found] }, { status: 422 }),
    });
    await renderPage(<NewRunPage />, '/new?from=parent-id');
    await screen.findByText('Valid');
    fireEvent.click(screen.getByRole('button', { name: 'Start training' }));
    expect((await screen.findByRole('alert')).textContent).toContain('The weights do not fit.');
  });
});
