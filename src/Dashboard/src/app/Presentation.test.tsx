// @vitest-environment jsdom
import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { setPresenting } from '../navigation/presentation';
import { Presentation } from './Presentation';

const isOn = () => 'presenting' in document.documentElement.dataset;
const press = (key: string, target: Element | Window = window) => fireEvent.keyDown(target, { key });

describe('Presentation', () => {
  afterEach(() => act(() => setPresenting(false)));

  it.each([
    '/runs/1',
    '/runs/1/forward',
    '/lessons/xor',
    '/studies/1',
    '/labs/gradient-check',
    '/compare',
    '/replay',
    '/playground',
  ])('begins and ends at %s, by key and by button', (path) => {
    render(<Presentation path={path} />);
    press('p');
    expect(isOn()).toBe(true);
    press('Escape');
    expect(isOn()).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: 'Presentation mode', pressed: false }));
    expect(isOn()).toBe(true);
    press('p');
    expect(isOn()).toBe(false);
  });

  it('ends with the page, and with the full screen', () => {
    const { rerender } = render(<Presentation path="/compare" />);
    press('p');
    fireEvent(document, new Event('fullscreenchange'));
    expect(isOn()).toBe(false);
    press('p');
    rerender(<Presentation path="/runs" />);
    expect(isOn()).toBe(false);
    press('p');
    expect(isOn()).toBe(false);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it.each(['/', '/runs', '/lessons', '/studies', '/labs', '/new', '/runs/1/other'])('is not offered at %s', (path) => {
    render(<Presentation path={path} />);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('leaves what is typed alone', () => {
    render(
      <>
        <Presentation path="/compare" />
        <input aria-label="text" />
      </>,
    );
    press('p', screen.getByLabelText('text'));
    expect(isOn()).toBe(false);
  });
});
