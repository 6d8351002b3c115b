// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { catalog } from '../testing/catalog';
import { renderPage, serve } from '../testing/renderPage';
import { PlaygroundPage } from './PlaygroundPage';
import { frameAt, opening, ScriptedPlayground, update } from './testing/ScriptedPlayground';

let hub: ScriptedPlayground;
vi.mock('../live/hub', () => ({ buildHub: () => hub }));
vi.mock('./unitImage', () => ({ unitImage: () => 'unit.png' }));
vi.mock('../run/boundary/BoundaryPlot', () => ({ BoundaryPlot: () => <i data-testid="boundary" /> }));
vi.mock('./LossChart', () => ({ LossChart: () => null }));

beforeEach(() => {
  hub = new ScriptedPlayground({
    step: () => update(2, { type: 'frame', frame: frameAt(21) }),
    change: () => opening({ update: update(3, { type: 'frame', frame: frameAt(21) }) }),
  });
});

async function open(address = '/playground') {
  const requests = serve({
    'GET /api/v1/catalog': () => catalog,
    'POST /api/v1/runs': () => ({ id: '01a2234d-0000-7000-8000-000000000000' }),
  });
  await renderPage(<PlaygroundPage />, address);
  await screen.findByTestId('boundary');
  return requests;
}

const button = (name: string) => screen.getByRole('button', { name });
const lastChange = () => hub.calls.findLast(({ method }) => method === 'Change')?.args[1];

it('opens a session with the settings of the address, and trains a step', async () => {
  await open('/playground?dataset=xor&layers=3&features=x1X2&optimizer=sgd');
  expect(hub.calls[0]).toMatchObject({
    method: 'Open',
    args: [
      {
        data: { dataset: { name: 'xor' }, features: { x1: false, x1X2: true } },
        model: { dense: [3] },
        training: { optimizer: { name: 'sgd' } },
      },
    ],
  });

  await act(async () => fireEvent.click(button('Step')));

  expect(hub.calls.at(-1)).toEqual({ method: 'Step', args: ['session-1', 1] });
  expect(within(screen.getByRole('group', { name: 'Training' })).getByText('update 21')).toBeTruthy();
});

it('plays at the chosen speed, and pauses', async () => {
  await open('/playground?speed=50');
  await act(async () => fireEvent.click(button('Play')));
  expect(hub.calls.at(-1)).toEqual({ method: 'Play', args: ['session-1', 50] });
  hub.answers.pause = () => update(4, { type: 'frame', frame: frameAt(40) });
  await act(async () => fireEvent.click(button('Pause')));
  expect(button('Play')).toBeTruthy();
});

it('has each setting in the address, and sends it while it trains', async () => {
  await open();
  await act(async () => fireEvent.click(button('Step')));
  await act(async () => fireEvent.change(screen.getByLabelText('Learning rate'), { target: { value: '0.3' } }));
  fireEvent.click(button('Add a unit to layer 2'));
  fireEvent.click(button('x₁x₂'));
  expect(Object.fromEntries(new URLSearchParams(window.location.search))).toEqual({
    features: 'x1-x2-x1X2',
    layers: '4-3',
    learningRate: '0.3',
  });
  await waitFor(() =>
    expect(lastChange()).toMatchObject({
      data: { features: { x1X2: true } },
      model: { dense: [4, 3] },
      training: { optimizer: { learningRate: 0.3 } },
    }),
  );
  await screen.findByText(/A setting changed during training/);
});

it('keeps one feature, and at most six layers of eight units', async () => {
  await open('/playground?features=x1&layers=8-2-2-2-2-2');
  expect(button('x₁').getAttribute('aria-disabled')).toBe('true');
  expect(button('Add a hidden layer').getAttribute('aria-disabled')).toBe('true');
  expect(button('Add a unit to layer 1').getAttribute('aria-disabled')).toBe('true');
});

it('submits the run that has these weights', async () => {
  const requests = await open('/playground?dataset=xor');
  await act(async () => fireEvent.click(button('Step')));
  await act(async () => fireEvent.click(button('Save as run')));
  const submitted = requests.find(({ method }) => method === 'POST');
  expect(await submitted?.json()).toMatchObject({
    name: 'Playground: XOR, 4-2, tanh',
    experiment: 'playground',
    training: { epochs: 1 },
  });
  expect(window.location.pathname).toBe('/runs/01a2234d-0000-7000-8000-000000000000');
});

function openMoreSettings() {
  const folded = screen.getByText(/^More settings/).closest('details') as HTMLDetailsElement;
  folded.open = true;
  fireEvent(folded, new Event('toggle'));
}

it('has the rest of the catalog with the fields of the form', async () => {
  const requests = await open('/playground?dataset=xor&activation=leaky_relu&model.activation.slope=0.2');
  openMoreSettings();
  const slope = screen.getByLabelText('Slope') as HTMLInputElement;
  expect(slope.value).toBe('0.2');
  expect(screen.getByText('More settings').textContent).toBe('More settings Slope');
  // What the page has controls for is not there a second time.
  const places = [...document.querySelectorAll<HTMLElement>('[data-pointer]')].map(({ dataset }) => dataset.pointer);
  expect(places).toEqual([
    '/data/trainLimit',
    '/model/activation/slope',
    '/model/batchNorm',
    '/training/epochs',
    '/training/brandNew',
  ]);

  fireEvent.change(slope, { target: { value: '0.3' } });
  fireEvent.click(screen.getByLabelText('Brand new'));
  fireEvent.click(screen.getByLabelText('Use batch normalization'));
  fireEvent.change(screen.getByLabelText('Momentum'), { target: { value: '0.2' } });
  fireEvent.change(screen.getByLabelText('Epochs'), { target: { value: '' } });
  const search = new URLSearchParams(window.location.search);
  expect(Object.fromEntries(search)).toEqual({
    dataset: 'xor',
    activation: 'leaky_relu',
    'model.activation.slope': '0.3',
    'model.batchNorm.momentum': '0.2',
    'training.brandNew': 'true',
    epochs: '',
  });
  const expected = {
    model: { activation: { name: 'leaky_relu', slope: 0.3 }, batchNorm: { momentum: 0.2 } },
    training: { brandNew: true },
  };
  await waitFor(() => expect(lastChange()).toMatchObject(expected));
  expect(lastChange()).not.toHaveProperty('training.epochs');

  await act(async () => fireEvent.click(button('Save as run')));
  expect(await requests.find(({ method }) => method === 'POST')?.json()).toMatchObject(expected);
});

it('takes the parameters away with their technique', async () => {
  await open('/playground?activation=leaky_relu&model.activation.slope=0.2');
  fireEvent.change(screen.getByLabelText('Activation'), { target: { value: 'relu' } });
  expect(window.location.search).toBe('?activation=relu');
});

it('shows what is wrong at its field, and saves nothing meanwhile', async () => {
  hub.answers.change = () =>
    opening({
      update: null,
      findings: [
        {
          severity: 'error',
          pointer: '/training/epochs',
          code: 'out_of_range',
          arguments: {},
          message: 'Too many epochs.',
          found: '20000',
          allowed: '',
          fix: '',
        },
      ],
    });
  await open('/playground?epochs=200');
  await act(async () => fireEvent.change(screen.getByLabelText('Learning rate'), { target: { value: '0.3' } }));
  await waitFor(() => expect(screen.getByLabelText('Epochs').getAttribute('aria-invalid')).toBe('true'));
  expect(button('Save as run').getAttribute('aria-disabled')).toBe('true');
});

it('says why there is no session, and tries again', async () => {
  hub.answers.open = () => opening({ session: null, update: null, refusal: 'too_many_of_person', limit: 2 });
  serve({ 'GET /api/v1/catalog': () => catalog });
  await renderPage(<PlaygroundPage />, '/playground');
  await screen.findByText(/You have 2 sessions already/);
  hub.answers.open = () => opening();
  await act(async () => fireEvent.click(button('Start again')));
  await screen.findByTestId('boundary');
});

it('is not offered to those who may only read', async () => {
  await renderPage(<PlaygroundPage />, '/playground', {
    authentication: 'tokens',
    name: 'reader',
    scope: 'read',
  } as never);
  await screen.findByText(/needs the scope Submit/);
  expect(hub.calls).toEqual([]);
});
