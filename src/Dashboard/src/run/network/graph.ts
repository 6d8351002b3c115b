import type { LayerRow } from '../../api/types';
import { settingsOf } from './settings';

/** What a layer is for; each has a look of its own. */
export type Role = 'learned' | 'activation' | 'normalization' | 'shape' | 'addition';

const roles: Readonly<Record<string, Role>> = {
  activation: 'activation',
  batch_norm: 'normalization',
  dropout: 'normalization',
  pool: 'shape',
  global_pool: 'shape',
  flatten: 'shape',
  residual: 'addition',
};
export const roleOf = (kind: string): Role => roles[kind] ?? 'learned';

/** A layer with its place in the drawing; the middle line is common to all. */
export interface PlacedLayer {
  readonly layer: LayerRow;
  readonly role: Role;
  readonly top: number;
  readonly height: number;
  /** The settings, broken to the width. */
  readonly lines: readonly string[];
}

/** A path around the layers of a residual layer, from the edge before them to their addition. */
export interface Shortcut {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** How many other shortcuts lie between it and the layers. */
  readonly lane: number;
}

export interface NetworkDrawing {
  readonly layers: readonly PlacedLayer[];
  readonly shortcuts: readonly Shortcut[];
  readonly lanes: number;
  readonly height: number;
}

/** Sizes in CSS pixels. */
export const sizes = { terminal: 26, edge: 28, head: 30, line: 17, addition: 26 } as const;

/** Puts the rows of a layer table below each other; rows within a residual layer come before its own and carry its name as prefix. */
export function drawingOf(rows: readonly LayerRow[], charactersPerLine: number): NetworkDrawing {
  const layers: PlacedLayer[] = [];
  let top = sizes.terminal + sizes.edge;
  for (const layer of rows) {
    const role = roleOf(layer.kind);
    const lines = broken(settingsOf(layer), charactersPerLine);
    const height = role === 'addition' ? sizes.addition : sizes.head + lines.length * sizes.line + (lines.length && 5);
    layers.push({ layer, role, top, height, lines });
    top += height + sizes.edge;
  }
  const shortcuts = shortcutsOf(layers);
  return {
    layers,
    shortcuts,
    lanes: Math.max(0, ...shortcuts.map(({ lane }) => lane + 1)),
    height: top + sizes.terminal,
  };
}

function shortcutsOf(layers: readonly PlacedLayer[]): Shortcut[] {
  const isWithin = (inner: PlacedLayer, outer: PlacedLayer) => inner.layer.name.startsWith(`${outer.layer.name}.`);
  return layers.flatMap((addition, index) => {
    const first = layers.findIndex((layer) => isWithin(layer, addition));
    if (addition.role !== 'addition' || first < 0) {
      return [];
    }
    const inner = layers.slice(first, index).filter(({ role }) => role === 'addition');
    // Of residual layers within each other, the outer one goes around the inner ones.
    const depth = (of: PlacedLayer): number =>
      1 + Math.max(-1, ...inner.filter((other) => isWithin(other, of)).map(depth));
    return [
      {
        name: addition.layer.name,
        from: (layers[first]?.top ?? 0) - sizes.edge + 9,
        to: addition.top + addition.height / 2,
        lane: depth(addition),
      },
    ];
  });
}

/** Breaks a list of settings between them, never within one, be it in brackets. */
export function broken(settings: string, charactersPerLine: number): string[] {
  const lines: string[] = [];
  for (const part of settings === '' ? [] : settings.split(/, (?![^(]*\))/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length + 2 <= charactersPerLine) {
      lines[lines.length - 1] = `${last}, ${part}`;
    } else {
      lines.push(part);
    }
  }
  return lines;
}
