// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { en } from '../text/en';
import { ko } from '../text/ko';
import { TemplateCards } from './TemplateCards';
import { exampleNames, findTemplate, starterId, templates } from './templates';

describe('templates', () => {
  it('have a card in each language, and figures, for every example', () => {
    expect(templates.map(({ id }) => id).sort()).toEqual(exampleNames);
    for (const { templates: texts } of [en, ko]) {
      expect(Object.keys(texts.cards).sort()).toEqual(exampleNames);
    }
    for (const { measured } of templates) {
      expect(measured.seconds).toBeGreaterThan(0);
      expect(measured.accuracy).toBeGreaterThan(0);
      expect(measured.accuracy).toBeLessThanOrEqual(1);
    }
    expect(findTemplate(starterId)).toBeDefined();
  });
});

describe('TemplateCards', () => {
  it('are links to the form without a handler', () => {
    render(<TemplateCards label="Templates" />);
    const links = screen.getAllByRole('link');
    expect(links).toHaveLength(templates.length);
    expect(links[0]?.getAttribute('href')).toBe('/new?template=xor');
    expect(links[0]?.textContent).toMatch(/XOR.*about .* s.*about \d+%/);
    expect(links[0]?.querySelector('svg circle')).not.toBeNull();
  });

  it('mark the chosen one', () => {
    const choose = vi.fn();
    render(<TemplateCards label="Templates" chosen="spiral" onChoose={choose} />);
    const chosen = screen.getAllByRole('button', { pressed: true });
    expect(chosen.map((card) => card.dataset.template)).toEqual(['spiral']);
    fireEvent.click(screen.getByRole('button', { name: /XOR/ }));
    expect(choose.mock.calls[0]?.[0].id).toBe('xor');
  });

  it('name a key where there is one digit for it', () => {
    render(<TemplateCards label="Templates" onChoose={vi.fn()} />);
    const shortcuts = screen.getAllByRole('button').map((card) => card.getAttribute('aria-keyshortcuts'));
    expect(shortcuts.slice(0, 9)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(shortcuts.slice(9).every((shortcut) => shortcut === null)).toBe(true);
  });
});
