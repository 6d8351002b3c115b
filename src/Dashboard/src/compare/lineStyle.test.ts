import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast } from '../charts/colormap';
import { lineStylesOf } from './lineStyle';
import { idOf, run } from './testing/sample';

type Setting = readonly [key: string, runs: readonly (readonly [name: string, seed: number])[]];
const stylesOf = (...settings: readonly Setting[]) =>
  lineStylesOf({
    runs: settings.flatMap(([, runs]) => runs.map(([name, seed]) => run(name, { seed }))),
    groups: settings.map(([key, runs]) => ({ key, label: key, parts: [], runs: runs.map(([name]) => idOf(name)) })),
  });
const sgd: Setting = [
  '0123456789ab',
  [
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ],
];
const adam: Setting = [
  'ba9876543210',
  [
    ['d', 1],
    ['e', 2],
  ],
];
const distinct = (styles: Iterable<unknown>) => new Set([...styles].map((style) => JSON.stringify(style))).size;

describe('lineStylesOf', () => {
  it('has a hue per setting, and a shade and a dash per seed', () => {
    const { runs, groups } = stylesOf(sgd, adam);
    const hue = groups.get(sgd[0])?.color ?? '';
    expect(['a', 'b', 'c'].map((name) => runs.get(idOf(name))?.color)).toEqual([hue, `${hue}-2`, `${hue}-3`]);
    expect(distinct(['a', 'b', 'c'].map((name) => runs.get(idOf(name))?.dash))).toBe(3);
    expect(runs.get(idOf('d'))?.color).toBe(groups.get(adam[0])?.color);
    expect(groups.get(adam[0])?.color).not.toBe(hue);
  });

  it('does not depend on the order or on the other runs', () => {
    const all = stylesOf(sgd, adam);
    expect(stylesOf(adam, sgd).runs.get(idOf('c'))).toEqual(all.runs.get(idOf('c')));
    expect(stylesOf([sgd[0], [['c', 3]]], adam).runs.get(idOf('c'))).toEqual(all.runs.get(idOf('c')));
  });

  it('tells settings of one run apart without colour', () => {
    const { runs } = stylesOf(...Array.from({ length: 4 }, (_, index): Setting => [`${index}`, [[`${index}`, 1]]]));
    expect(distinct([...runs.values()].map(({ dash }) => dash))).toBeGreaterThan(1);
  });

  it('has distinct styles for 32 settings, and for 16 seeds of one', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => String.fromCharCode(64 + index));
    const { groups } = stylesOf(...many(32).map((name): Setting => [name, [[name, 1]]]));
    expect(distinct(groups.values())).toBe(32);
    expect(distinct([...groups.values()].map(({ color }) => color))).toBe(32);
    const { runs } = stylesOf(['one', many(16).map((name, index) => [name, index * 7] as const)]);
    expect(distinct(runs.values())).toBe(16);
  });
});

describe('the colours of lines', () => {
  const css = readFileSync('src/compare/compare.css', 'utf8') + readFileSync('src/design/tokens.css', 'utf8');
  const [surface] = css.matchAll(/--surface: light-dark\((#\w+), (#\w+)\)/g);
  const lines = [...css.matchAll(/--line-(\d(?:-\d)?): light-dark\((#\w+), (#\w+)\)/g)];

  it('are four shades of eight hues, each with a contrast of 3:1 to the ground in both themes', () => {
    expect(lines.length).toBe(32);
    for (const [, name, light = '', dark = ''] of lines) {
      expect(contrast(light, surface?.[1] ?? ''), `${name}, light`).toBeGreaterThan(3);
      expect(contrast(dark, surface?.[2] ?? ''), `${name}, dark`).toBeGreaterThan(3);
    }
  });
});
