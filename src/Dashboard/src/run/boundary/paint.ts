import type { DecisionFilm, DecisionFrame } from '../../api/types';
import { classColor } from '../../charts/colormap';

/** Decodes base64. */
export const bytesOf = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

const channels = (hex: string): readonly [number, number, number] => [
  Number.parseInt(hex.slice(1, 3), 16),
  Number.parseInt(hex.slice(3, 5), 16),
  Number.parseInt(hex.slice(5, 7), 16),
];

/**
 * The pixels of a frame, top row first: the colour of the predicted class, lighter for lower confidence. A confidence of 1 / classes is
 * chance level, and nearly white.
 */
export function pixelsOf(frame: DecisionFrame): Uint8ClampedArray<ArrayBuffer> {
  const winner = bytesOf(frame.winner);
  const confidence = bytesOf(frame.confidence);
  const { width, height, classes } = frame;
  const pixels = new Uint8ClampedArray(new ArrayBuffer(width * height * 4));
  const chance = 1 / Math.max(classes, 2);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      // Rows are sent from yMin upwards; images start at the top.
      const source = (height - 1 - row) * width + column;
      const certainty = Math.max(0, ((confidence[source] ?? 0) / 255 - chance) / (1 - chance));
      const strength = 0.1 + 0.6 * certainty;
      const color = channels(classColor(winner[source] ?? 0));
      const at = (row * width + column) * 4;
      pixels.set([...color.map((channel) => 255 - (255 - channel) * strength), 255], at);
    }
  }
  return pixels;
}

/** The pixels of a hidden unit, top row first: blue where its output is above 0, orange where it is below, white at 0. */
export function unitPixels(map: string, width: number, height: number): Uint8ClampedArray<ArrayBuffer> {
  const values = bytesOf(map);
  const pixels = new Uint8ClampedArray(new ArrayBuffer(width * height * 4));
  const [above, below] = [channels(classColor(0)), channels(classColor(1))];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const output = ((values[(height - 1 - row) * width + column] ?? 128) - 128) / 127;
      const strength = 0.85 * Math.min(Math.abs(output), 1);
      const color = output < 0 ? below : above;
      pixels.set([...color.map((channel) => 255 - (255 - channel) * strength), 255], (row * width + column) * 4);
    }
  }
  return pixels;
}

/** What the network predicts at a point of the plane. */
export interface Guess {
  readonly x: number;
  readonly y: number;
  readonly label: number;
  /** Probability of the class, 0 to 1. */
  readonly confidence: number;
}

/** The prediction at a position in the unit square, x to the right and y down. */
export function guessAt(frame: DecisionFrame, across: number, down: number): Guess {
  const { width, height, xMin, xMax, yMin, yMax } = frame;
  const cell = (share: number, count: number) => Math.min(Math.max(Math.floor(share * count), 0), count - 1);
  const at = cell(1 - down, height) * width + cell(across, width);
  return {
    x: xMin + across * (xMax - xMin),
    y: yMax - down * (yMax - yMin),
    label: bytesOf(frame.winner)[at] ?? 0,
    confidence: (bytesOf(frame.confidence)[at] ?? 0) / 255,
  };
}

/** Pixels as the URL of an image. */
function imageOf(pixels: Uint8ClampedArray<ArrayBuffer>, width: number, height: number): string {
  const field = document.createElement('canvas');
  field.width = width;
  field.height = height;
  field.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  return field.toDataURL();
}

/** The frame as the URL of an image with one pixel per grid point. */
export const fieldOf = (frame: DecisionFrame): string => imageOf(pixelsOf(frame), frame.width, frame.height);

/** A hidden unit as the URL of an image with one pixel per grid point. */
export const unitField = (map: string, width: number, height: number): string =>
  imageOf(unitPixels(map, width, height), width, height);

/** The position of a sample in a unit square, x to the right and y down. */
export const positionOf = (
  frame: DecisionFrame,
  { x, y }: DecisionFilm['points'][number],
): readonly [number, number] => [
  (x - frame.xMin) / (frame.xMax - frame.xMin),
  1 - (y - frame.yMin) / (frame.yMax - frame.yMin),
];
