// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { comparison, run } from '../compare/testing/sample';
import { Race } from './Race';
import { racersOf } from './race';

// ECharts draws nothing without a layout.
vi.mock('../charts/LineCanvas', () => ({ default: () => null }));

const racers = racersOf(comparison({ runs: [run('a')], curves: { validation_accuracy: { a: [0.5, 0.9, 0.6] } } }));
const pressed = () =>
  screen
    .getAllByRole('button', { pressed: true })
    .map(({ textContent }) => textContent)
    .filter((label) => /×|in all/.test(label ?? ''));

describe('Race', () => {
  it('takes half a minute, unless a speed is chosen', () => {
    window.history.replaceState(null, '', '/replay');
    render(<Race racers={racers} styles={new Map()} />);
    expect(pressed()).toEqual(['30 s in all']);
    fireEvent.click(screen.getByRole('button', { name: '4×' }));
    expect(pressed()).toEqual(['4×']);
    expect(window.location.search).toBe('?speed=4');
    fireEvent.click(screen.getByRole('button', { name: '30 s in all' }));
    expect(window.location.search).toBe('');
  });
});
