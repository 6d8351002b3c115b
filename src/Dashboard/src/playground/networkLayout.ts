import type { DenseWeights, LayerMaps } from './messages';

/** A unit of the picture: its centre, and what it shows. */
export interface PlacedUnit {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly column: number;
  readonly index: number;
}

export interface Connection {
  readonly key: string;
  readonly path: string;
  readonly weight: number;
}

export interface NetworkLayout {
  /** Side of a unit. */
  readonly unit: number;
  readonly height: number;
  readonly units: readonly PlacedUnit[];
  readonly connections: readonly Connection[];
}

const gap = 10;
/** Room for the names of the inputs. */
const margin = 42;
const wide = 800;
const smallest = 22;
const tallest = 440;

/** A column of units, of which the first ones are drawn. */
export interface Column {
  readonly units: number;
  readonly drawn: number;
}

/** The columns of a network: its inputs, its hidden layers and its classes. */
export const columnsOf = (inputs: LayerMaps | null, layers: readonly LayerMaps[], classes: number): Column[] => [
  { units: inputs?.units ?? 0, drawn: inputs?.maps.length ?? 0 },
  ...layers.map(({ units, maps }) => ({ units, drawn: maps.length })),
  { units: classes, drawn: classes },
];

/** Places the units of the columns in a width, and the weights between them. */
export function layoutOf(columns: readonly Column[], weights: readonly DenseWeights[], width: number): NetworkLayout {
  const most = Math.max(...columns.map(({ drawn }) => drawn), 1);
  const unit = Math.max(
    smallest,
    Math.min(width > wide ? 58 : 46, Math.floor(tallest / most) - gap, Math.floor(width / columns.length / 1.5)),
  );
  const height = most * (unit + gap);
  const inner = width - margin - unit;
  const place = (column: number, index: number) => ({
    x: margin + unit / 2 + (columns.length === 1 ? 0 : (inner * column) / (columns.length - 1)),
    y: height / 2 + (index - ((columns[column]?.drawn ?? 1) - 1) / 2) * (unit + gap),
  });
  const units = columns.flatMap(({ drawn }, column) =>
    Array.from({ length: drawn }, (_, index) => ({
      key: `${column} ${index}`,
      column,
      index,
      ...place(column, index),
    })),
  );
  const connections = weights.flatMap((layer, from) => {
    const [before, after] = [columns[from], columns[from + 1]];
    // Where layers are left out, or an activation joins units (as Maxout), its weights have no place.
    if (!before || !after || layer.weights.length !== after.units || layer.weights[0]?.length !== before.units) {
      return [];
    }
    return layer.weights.slice(0, after.drawn).flatMap((row, target) =>
      row.slice(0, before.drawn).map((weight, source) => {
        const [a, b] = [place(from, source), place(from + 1, target)];
        const [start, end] = [a.x + unit / 2, b.x - unit / 2];
        const middle = (start + end) / 2;
        return {
          key: `${from} ${source} ${target}`,
          path: `M${start.toFixed(1)} ${a.y.toFixed(1)}C${middle.toFixed(1)} ${a.y.toFixed(1)} ${middle.toFixed(1)} ${b.y.toFixed(1)} ${end.toFixed(1)} ${b.y.toFixed(1)}`,
          weight,
        };
      }),
    );
  });
  return { unit, height, units, connections };
}
