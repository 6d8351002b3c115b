import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const sheets = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.css'));
const rules = sheets.flatMap((file) => readFileSync(`src/${file}`, 'utf8').match(/[^{}]+\{[^{}]*\}/g) ?? []);
const sticky = rules.filter((rule) => /position: sticky/.test(rule));

// The bar scrolls away on narrow screens, and is hidden in a presentation.
it.each(sticky)('has its height in one place: %s', (rule) => {
  const top = /[^-]top: ([^;]+)/.exec(rule)?.[1] ?? '0';
  expect(top === '0' || top.includes('var(--topbar)')).toBe(true);
});

it('is not in view where a rule says so', () => {
  const heights = rules.filter((rule) => rule.includes('--topbar:'));
  expect(heights.map((rule) => /--topbar: (\w+)/.exec(rule)?.[1])).toEqual(expect.arrayContaining(['53px', '0px']));
  expect(heights.some((rule) => rule.includes('[data-presenting]'))).toBe(true);
});
