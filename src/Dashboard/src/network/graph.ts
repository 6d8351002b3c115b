import type { LayerRow } from '../api/types';
import { translate } from '../text/serverMessages';

/** The settings of a layer in the language of the page. */
export const settingsOf = (layer: LayerRow): string =>
  translate('layers', { ...layer, code: layer.kind }, layer.settings);

/** The role of a layer, which decides its style. */
export type Role = 'trainable' | 'activation' | 'normalization' | 'shape' | 'addition';

const roles: Readonly<Record<string, Role>> = {
  activation: 'activation',
  batch_norm: 'normalization',
  dropout: 'normalization',
  pool: 'shape',
  global_pool: 'shape',
  flatten: 'shape',
  residual: 'addition',
};
export const roleOf = (kind: string): Role => roles[kind] ?? 'trainable';

/** How many layers have weights: activations, pooling and the like have none. */
export const weightedLayers = (rows: readonly LayerRow[]): number =>
  rows.filter(({ kind }) => roleOf(kind) === 'trainable').length;

/** A layer with its position in the drawing. */
export interface PlacedLayer {
  readonly layer: LayerRow;
  readonly role: Role;
  readonly top: number;
  readonly height: number;
  /** The settings, wrapped to the width. */
  readonly lines: readonly string[];
}

/** The shortcut of a residual layer, from the edge before its layers to their addition. */
export interface Shortcut {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Number of shortcuts between this one and the layers. */
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

/** Lays out the rows of a layer table from top to bottom. Rows inside a residual layer precede its own row and have its name as a prefix. */
export function drawingOf(rows: readonly LayerRow[], charactersPerLine: number): NetworkDrawing {
  const layers: PlacedLayer[] = [];
  let top = sizes.terminal + sizes.edge;
  for (const layer of rows) {
    const role = roleOf(layer.kind);
    const lines = wrapped(settingsOf(layer), charactersPerLine);
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
    // The shortcut of an outer residual layer goes around those of the inner ones.
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

/** Wraps a list of settings between settings, never inside one or its parentheses. */
export function wrapped(settings: string, charactersPerLine: number): string[] {
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
