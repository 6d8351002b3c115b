// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderPage, serve } from '../../testing/renderPage';
import { detail, started } from '../../testing/samples';
import { emptyHistory } from '../history/runHistory';
import { PredictionStrip } from './PredictionStrip';

const images = [
  { label: 0, image: 'iVBORw0KGgo=' },
  { label: 1, image: 'iVBORw0KGgo=' },
];
const epoch = (epoch: number, ...predicted: number[]) => ({
  epoch,
  step: 10 * epoch,
  predictions: predicted.map((one) => ({ predicted: one, confidence: 0.75 })),
});
const run = detail({ layers: [{ input: [3, 32, 32] }] as never });
const history = { ...emptyHistory, started: started() };

it('shows the newest predictions, and those of an earlier epoch', async () => {
  serve({ [`GET /api/v1/runs/${run.id}/predictions`]: () => ({ images, epochs: [epoch(0, 1, 1), epoch(1, 0, 1)] }) });
  await renderPage(<PredictionStrip run={run} history={history} />);
  expect(await screen.findByText('2 of 2 correct')).toBeDefined();
  fireEvent.change(screen.getByRole('slider', { name: 'Frame' }), { target: { value: '0' } });
  expect(screen.getByText('1 of 2 correct')).toBeDefined();
  const [first] = screen.getAllByRole('listitem');
  expect(first?.dataset.right).toBe('false');
  expect(
    within(first as HTMLElement)
      .getByRole('img')
      .getAttribute('alt'),
  ).toBe('Actual circle, predicted square');
  expect(first?.textContent).toBe('square75%');
});

it('asks for nothing where the samples are no images', async () => {
  const requests = serve({});
  await renderPage(<PredictionStrip run={detail({ layers: [{ input: [2] }] as never })} history={history} />);
  expect(requests).toHaveLength(0);
});
