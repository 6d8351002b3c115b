// @vitest-environment jsdom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderPage, serve } from '../testing/renderPage';
import { detail } from '../testing/samples';
import { ForwardView } from './ForwardView';
import { corner, dense, pass, pointPass, points, rectified, samples } from './testing/passes';
import type { ForwardPass } from './types';

const images = detail({ layers: [{ input: [1, 3, 3] }] as never });
const plane = detail({ layers: [{ input: [2] }] as never });
const path = `/api/v1/runs/${images.id}/forward`;
const parameters = (request: Request) => Object.fromEntries(new URL(request.url).searchParams);

/** The pass, with the unit that is asked for. */
const answer = (request: Request): ForwardPass => {
  const layer = new URL(request.url).searchParams.get('layer');
  return layer === null
    ? pass
    : { ...pass, unit: layer === 'output' ? dense : corner, following: layer === 'output' ? [] : [rectified] };
};

const routes = { [`GET ${path}`]: answer, [`GET ${path}/samples`]: () => samples };

// jsdom draws nothing.
beforeEach(() => {
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
});

describe('ForwardView', () => {
  it('begins with the first convolution: its window, the zero padding, the sum and what follows', async () => {
    const requests = serve(routes);
    await renderPage(<ForwardView run={images} />, '/runs/1/forward');
    const window = await screen.findByRole('region', { name: 'Channel 1' });

    expect(requests.map(parameters)).toContainEqual({
      sample: '0',
      maps: 'false',
      layer: 'conv1',
      channel: '0',
      row: '1',
      column: '1',
    });
    const [pixels, weights, products] = within(window).getAllByRole('figure').slice(1);
    expect(pixels?.textContent).toBe(`${'0 (zero padding)'.repeat(4)}0.50.50 (zero padding)0.50.5Window`);
    expect(weights?.textContent).toBe(`${'0.25'.repeat(9)}Filter`);
    expect(products?.textContent).toContain('0.1250.125');
    expect(within(window).getByText('Running total').parentElement?.textContent).toBe('Running total0.5');
    const steps = within(screen.getByRole('heading', { name: 'Step by step' }).parentElement as HTMLElement)
      .getAllByRole('listitem')
      .map((step) => step.textContent);
    expect(steps).toEqual([
      'Sum of the productsΣ x · w, 90.5',
      'Bias− 0.75-0.75',
      'conv10.5 − 0.75-0.25',
      'activation1relu(-0.25)0',
    ]);
  });

  it('keeps sample, layer and unit in the address, and steps along the map', async () => {
    const requests = serve(routes);
    await renderPage(<ForwardView run={images} />, '/runs/1/forward?sample=3');
    fireEvent.click(await screen.findByRole('button', { name: 'conv1, channel 2' }));
    expect(window.location.search).toBe('?sample=3&layer=conv1&channel=1&row=1&column=1');

    fireEvent.click(screen.getByRole('button', { name: 'Next step' }));
    expect(window.location.search).toBe('?sample=3&layer=conv1&channel=1&row=1&column=2');
    fireEvent.keyDown(screen.getByRole('application', { name: /^conv1, channel 2/ }), { key: 'ArrowUp' });
    expect(window.location.search).toBe('?sample=3&layer=conv1&channel=1&column=2');
    await act(async () => {});
    expect(parameters(requests.at(-1) as Request)).toEqual({
      sample: '3',
      maps: 'false',
      layer: 'conv1',
      channel: '1',
      row: '0',
      column: '2',
    });

    fireEvent.click(screen.getByRole('button', { name: 'Next sample' }));
    expect(new URLSearchParams(window.location.search).get('sample')).toBe('4');
    fireEvent.click(screen.getByRole('button', { name: 'Next 16' }));
    await act(async () => {});
    expect(requests.map(parameters)).toContainEqual({ after: '15', limit: '16' });
  });

  it('names the true class beside the prediction, and samples that are predicted wrong', async () => {
    serve(routes);
    await renderPage(<ForwardView run={images} />, '/runs/1/forward');
    expect(await screen.findByText('Predicted ring: correct.')).toBeDefined();
    expect(screen.getByRole('img', { name: 'Sample 3: ring, predicted disc' })).toBeDefined();
    expect(screen.getAllByRole('img', { name: /^Filter \d$/ })).toHaveLength(2);
  });

  it('sorts the contributions to a dense unit and names their place in the map', async () => {
    serve(routes);
    await renderPage(<ForwardView run={images} />, '/runs/1/forward?layer=output&channel=1');
    const table = await screen.findByRole('group', { name: 'Largest contributions' });
    const rows = within(table)
      .getAllByRole('row')
      .map((row) => row.textContent);
    expect(rows[1]).toBe('channel 2, row 1, column 21-2-2');
    expect(rows[2]).toBe('channel 2, row 3, column 310.170.17');
    // The twelve largest are shown; the others add up with them, and the bias, to the sum.
    expect(rows.at(-1)).toBe('6 others0.15');
  });

  it('explains the softmax with its numbers', async () => {
    serve(routes);
    await renderPage(<ForwardView run={images} />, '/runs/1/forward');
    fireEvent.click(await screen.findByRole('button', { name: 'ring 88.08%' }));
    expect(window.location.search).toBe('?layer=softmax&channel=1');
    expect(await screen.findByText('ring: 1 / 1.13534 = 0.880797')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Previous step' }));
    expect(screen.getByText('disc: 0.135335 / 1.13534 = 0.119203')).toBeDefined();
  });

  it('has every term in a table', async () => {
    serve(routes);
    await renderPage(<ForwardView run={images} />, '/runs/1/forward');
    await screen.findByRole('region', { name: 'Channel 1' });
    fireEvent.click(screen.getByRole('button', { name: 'Table' }));
    const table = screen.getByRole('group', { name: 'Table' });
    expect(within(table).getAllByRole('row')).toHaveLength(10);
    expect(within(table).getAllByRole('row').at(-1)?.textContent).toBe('1220.50.250.125');
  });

  it('sends what is drawn, and clears it', async () => {
    const requests = serve({ ...routes, [`POST ${path}`]: () => ({ ...pass, label: null, sample: null }) });
    await renderPage(<ForwardView run={images} />, '/runs/1/forward');
    fireEvent.click(await screen.findByRole('button', { name: 'Draw' }));
    const paper = screen.getByRole('application', { name: /^Drawing of 3 × 3 pixels/ });
    const sent = async () => {
      await act(async () => {});
      return (await requests
        .findLast(({ method }) => method === 'POST')
        ?.clone()
        .json()) as { pixels: number[] };
    };
    expect((await sent()).pixels).toEqual(Array(9).fill(0));

    fireEvent.keyDown(paper, { key: 'ArrowLeft' });
    fireEvent.keyDown(paper, { key: ' ' });

    const { pixels } = await sent();
    expect(pixels[3]).toBe(255);
    expect(pixels[5]).toBe(0);
    expect(screen.getByText('Predicted ring.')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
    expect(screen.getByText(/Draw something/)).toBeDefined();
  });

  it('takes a point that is typed or moved', async () => {
    const requests = serve({
      [`GET ${path}`]: () => pointPass,
      [`POST ${path}`]: () => ({ ...pointPass, point: [0.5, 0.5], label: null }),
      [`GET ${path}/samples`]: () => points,
    });
    await renderPage(<ForwardView run={plane} />, '/runs/1/forward');
    const field = await screen.findByRole('spinbutton', { name: 'x1' });
    fireEvent.change(field, { target: { value: '0.5' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(window.location.search).toBe('?point=0.5%2C0.5');
    await act(async () => {});
    const posts = requests.filter(({ method }) => method === 'POST');
    expect(await posts[0]?.clone().json()).toMatchObject({ point: [0.5, 0.5] });

    fireEvent.keyDown(screen.getByRole('application', { name: /^Plane of the points/ }), { key: 'ArrowUp' });
    expect(new URLSearchParams(window.location.search).get('point')).toBe('0.5,0.526');
    expect(screen.queryByRole('button', { name: 'Draw' })).toBeNull();
  });

  it('shows the units of a network on points as bars with their values, each the way to its computation', async () => {
    serve({
      [`GET ${path}`]: (request) => ({
        ...pointPass,
        unit: new URL(request.url).searchParams.has('layer') ? dense : null,
      }),
      [`GET ${path}/samples`]: () => points,
    });
    await renderPage(<ForwardView run={plane} />, '/runs/1/forward');
    const units = await screen.findByRole('group', { name: 'Units of dense1' });
    expect(
      within(units)
        .getAllByRole('button')
        .map(({ textContent }) => textContent),
    ).toEqual(['Unit 1 -0.25', 'Unit 2 0', 'Unit 3 0.25', 'Unit 4 0.5']);
    const bar = (name: string) => within(units).getByRole('button', { name }).querySelector('[data-negative]');
    expect(bar('Unit 1 -0.25')?.getAttribute('data-negative')).toBe('true');
    expect((bar('Unit 4 0.5') as HTMLElement).style.width).toBe('25%');
    fireEvent.click(within(units).getByRole('button', { name: 'Unit 3 0.25' }));
    expect(window.location.search).toBe('?layer=dense1&channel=2');
  });

  it('lists the wrong samples of a class, chooses the first, and goes on searching', async () => {
    const wrongs = [7, 30, 39].map((index) => ({ ...points.items[1], index, predicted: 0 }));
    const requests = serve({
      ...routes,
      [`GET ${path}/samples`]: (request) => {
        const { wrong, after } = parameters(request);
        return wrong === undefined
          ? samples
          : after === undefined
            ? { ...samples, items: wrongs.slice(0, 2), next: 30 }
            : after === '30'
              ? { ...samples, items: [], next: 35 }
              : { ...samples, items: wrongs.slice(2), next: null };
      },
    });
    await renderPage(<ForwardView run={images} />, '/runs/1/forward?sample=3');
    fireEvent.change(await screen.findByRole('combobox', { name: 'Class' }), { target: { value: '1' } });
    fireEvent.click(screen.getByRole('checkbox', { name: 'Predicted wrong only' }));
    expect(await screen.findByText('2 found so far')).toBeDefined();
    expect(requests.map(parameters)).toContainEqual({ limit: '32', label: '1', wrong: 'true' });
    const address = () => Object.fromEntries(new URLSearchParams(window.location.search));
    expect(address()).toEqual({ sample: '7', class: '1', wrong: '1' });

    fireEvent.click(screen.getByRole('button', { name: 'Next sample' }));
    expect(address().sample).toBe('30');
    // The search pauses once without a find.
    fireEvent.click(screen.getByRole('button', { name: 'Next sample' }));
    expect(await screen.findByText('3 found')).toBeDefined();
    expect(address().sample).toBe('39');
    expect(screen.getByRole('button', { name: 'Next sample' }).getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(screen.getByRole('button', { name: 'Previous sample' }));
    expect(address().sample).toBe('30');
  });

  it('goes to a sample by its number', async () => {
    const requests = serve(routes);
    await renderPage(<ForwardView run={images} />, '/runs/1/forward?wrong=1');
    const number = await screen.findByRole('spinbutton', { name: 'Number of the sample' });
    fireEvent.change(number, { target: { value: '35' } });
    fireEvent.keyDown(number, { key: 'Enter' });
    await act(async () => {});
    expect(window.location.search).toBe('?sample=34');
    expect(requests.map(parameters)).toContainEqual({ after: '31', limit: '16' });
  });

  it('says that there are no weights yet', async () => {
    serve({
      [`GET ${path}/samples`]: () =>
        Response.json({ status: 409, type: '/problems/no-checkpoint', title: 'No weights' }, { status: 409 }),
    });
    await renderPage(<ForwardView run={images} />, '/runs/1/forward');
    expect(await screen.findByRole('heading', { name: 'No weights yet' })).toBeDefined();
  });
});
