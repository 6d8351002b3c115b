// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderPage, serve } from '../../testing/renderPage';
import { detail } from '../../testing/samples';
import { emptyHistory } from '../history/runHistory';
import { runStatus } from '../history/status';
import EvaluationView from './EvaluationView';

const run = detail({ state: 'succeeded' });
const mistake = (sample: number, label: number, predicted: number, loss: number) => ({
  sample,
  label,
  predicted,
  confidence: 0.9,
  loss,
  image: 'iVBORw0KGgo=',
});
const score = { precision: 0.9, recall: 0.9, f1: 0.9, support: 10 };
const evaluation = {
  seq: 9,
  epoch: 4,
  split: 'validation',
  samples: 30,
  loss: 0.3,
  accuracy: 0.9,
  classNames: ['circle', 'square', 'star'],
  confusion: [
    [8, 2, 0],
    [1, 9, 0],
    [0, 0, 10],
  ],
  perClass: [score, score, score],
  mistakes: [mistake(3, 0, 1, 2.5), mistake(7, 1, 0, 2), mistake(5, 0, 1, 1.5)],
};

const render = async (address = '/') => {
  serve({ [`GET /api/v1/runs/${run.id}/evaluation`]: () => ({ evaluations: [evaluation] }) });
  await renderPage(<EvaluationView run={run} status={runStatus(run, emptyHistory)} history={emptyHistory} />, address);
  return screen.findByRole('region', { name: 'Confusion matrix' });
};
const shown = () => screen.getAllByRole('img').map((image) => image.getAttribute('alt'));

describe('EvaluationView', () => {
  it('shows the samples of the cell that is clicked, and all of the worst again', async () => {
    const card = await render();
    expect(shown()).toHaveLength(3);
    fireEvent.click(within(card).getByRole('button', { name: '2: 20.00% of circle predicted as square' }));
    expect(shown()).toEqual(['Sample 3: circle, predicted as square', 'Sample 5: circle, predicted as square']);
    expect(screen.getByText('2 of 2 are kept, those with the largest loss.')).toBeDefined();
    expect(window.location.search).toBe('?cell=0-1');
    fireEvent.click(screen.getByRole('button', { name: 'Show the worst mistakes' }));
    expect(shown()).toHaveLength(3);
  });

  it('restores the cell of the URL', async () => {
    await render('/?cell=1-0');
    expect(shown()).toEqual(['Sample 7: square, predicted as circle']);
  });

  it('has no button where there is nothing to show', async () => {
    const card = await render();
    expect(
      within(card)
        .getAllByRole('button')
        .map(({ textContent }) => textContent),
    ).not.toContain('0');
    expect(card.querySelectorAll('.confusion-hit button')).toHaveLength(0);
  });
});
