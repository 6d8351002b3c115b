import type { LayerRow } from '../api/types';
import { type Role, roleOf } from './graph';

/** A box of the chain: a layer, with the layers that only change its values. */
export interface Link {
  readonly layer: LayerRow;
  readonly role: Role;
  /** Batch normalization, activation and dropout after it, in their order. */
  readonly folded: readonly LayerRow[];
  /** The shape that leaves the box. */
  readonly output: readonly number[];
  readonly parameters: number;
  /** How many residual layers it is inside of. */
  readonly depth: number;
}

const follows = new Set(['batch_norm', 'activation', 'dropout']);

/** The rows of a layer table as boxes from the input to the output. */
export function chainOf(rows: readonly LayerRow[]): readonly Link[] {
  const links: Link[] = [];
  for (const layer of rows) {
    const depth = layer.name.split('.').length - 1;
    const last = links.at(-1);
    if (follows.has(layer.kind) && last !== undefined && last.depth === depth) {
      links[links.length - 1] = {
        ...last,
        folded: [...last.folded, layer],
        output: layer.output,
        parameters: last.parameters + layer.parameters,
      };
    } else {
      links.push({
        layer,
        role: roleOf(layer.kind),
        folded: [],
        output: layer.output,
        parameters: layer.parameters,
        depth,
      });
    }
  }
  return links;
}
