import { contrast, css, signedColorAt } from '../charts/colormap';
import { bytesOf } from '../run/boundary/paint';
import type { FilterBank, LayerOutput } from './types';

/** The values of a map with the scale of its layer. */
export interface Picture {
  readonly rows: number;
  readonly columns: number;
  /** 0 is the smallest value of the layer, 255 the largest. */
  readonly bytes: Uint8Array;
  /** Number of values; fewer than cells where the last row is not full. */
  readonly count: number;
  readonly low: number;
  readonly high: number;
}

type Pixels = Uint8ClampedArray<ArrayBuffer>;

/** The largest magnitude of a layer: the end of its colours on both sides of zero. */
export const scaleOf = ({ low, high }: Pick<LayerOutput, 'low' | 'high'>): number =>
  Math.max(Math.abs(low), Math.abs(high));

export const isMap = ({ shape }: Pick<LayerOutput, 'shape'>): boolean => shape.length === 3;

/** Rows and columns in which a layer's values are drawn: of a map its own, of a vector a nearly square block, or one column of few units. */
export function gridOf({ shape }: Pick<LayerOutput, 'shape'>): readonly [rows: number, columns: number] {
  const [count = 1, height = 1, width = 1] = shape;
  if (shape.length === 3) {
    return [height, width];
  }
  const columns = count <= 16 ? 1 : Math.ceil(Math.sqrt(count));
  return [Math.ceil(count / columns), columns];
}

/** A channel of a layer as a picture, or a whole vector; null for a channel that is not sent. */
export function pictureOf(layer: LayerOutput, channel: number): Picture | null {
  const map = layer.maps[isMap(layer) ? channel : 0];
  if (map === undefined) {
    return null;
  }
  const [rows, columns] = gridOf(layer);
  const bytes = bytesOf(map);
  return { rows, columns, bytes, count: bytes.length, low: layer.low, high: layer.high };
}

/** A value as it was sent, in 255 steps of the layer's range. */
export const valueAt = ({ bytes, low, high }: Picture, index: number): number =>
  low + ((bytes[index] ?? 0) / 255) * (high - low);

/** The colour of a value on a scale that is symmetric about zero. */
export const valueColor = (value: number, scale: number): string => css(signedColorAt(scale === 0 ? 0 : value / scale));

/** The pixels of a picture. Cells without a value are transparent. */
export function pixelsOf(picture: Picture): Pixels {
  const { rows, columns, count } = picture;
  const pixels = new Uint8ClampedArray(new ArrayBuffer(rows * columns * 4));
  const scale = scaleOf(picture);
  for (let index = 0; index < count; index++) {
    pixels.set([...signedColorAt(scale === 0 ? 0 : valueAt(picture, index) / scale), 255], index * 4);
  }
  return pixels;
}

/** The pixels of a filter: of three channels as red, green and blue about grey, of one on the scale about zero; of others their mean. */
export function filterPixels({ channels, kernel }: FilterBank, filter: string): Pixels {
  const bytes = bytesOf(filter);
  const size = kernel * kernel;
  const pixels = new Uint8ClampedArray(new ArrayBuffer(size * 4));
  for (let index = 0; index < size; index++) {
    const weights = Array.from({ length: channels }, (_, channel) => bytes[channel * size + index] ?? 128);
    const mean = weights.reduce((sum, weight) => sum + weight, 0) / channels;
    pixels.set([...(channels === 3 ? weights : signedColorAt((mean - 128) / 127)), 255], index * 4);
  }
  return pixels;
}

/** Black or white: the more legible one on the colour of a value. */
export const inkOf = (value: number, scale: number): string => {
  const ground = valueColor(value, scale);
  return contrast('#000', ground) >= contrast('#fff', ground) ? '#000' : '#fff';
};
