import { type Place, softmax } from './address';
import type { ForwardPass, LayerOutput } from './types';

const within = (value: number, count: number): number => Math.min(value, count - 1);

/** The place of the address where the network has it; else, or without one, the middle of the first layer with weights. */
export function placeIn(pass: ForwardPass, wanted: Place | null): Place | null {
  if (wanted?.layer === softmax) {
    return { layer: softmax, channel: within(wanted.channel, pass.probabilities.length), row: 0, column: 0 };
  }
  const layer = pass.layers.find(({ name }) => name === wanted?.layer);
  if (layer !== undefined && wanted !== null) {
    const [channels, rows, columns] = sidesOf(layer);
    return {
      layer: layer.name,
      channel: within(wanted.channel, channels),
      row: within(wanted.row, rows),
      column: within(wanted.column, columns),
    };
  }
  const first = pass.layers.find(({ kind }) => kind === 'conv' || kind === 'dense');
  if (first === undefined) {
    return null;
  }
  const [, rows, columns] = sidesOf(first);
  return { layer: first.name, channel: 0, row: Math.floor(rows / 2), column: Math.floor(columns / 2) };
}

const sidesOf = ({ shape: [channels = 1, rows = 1, columns = 1] }: LayerOutput): readonly [number, number, number] => [
  channels,
  rows,
  columns,
];
