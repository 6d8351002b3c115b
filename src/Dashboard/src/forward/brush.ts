/** An image of one's own: height, width and channels, and its values from 0 to 255, the channels of a pixel together. */
export interface Drawing {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly values: Uint8ClampedArray;
}

export const emptyDrawing = ([channels = 1, height = 1, width = 1]: readonly number[]): Drawing => ({
  height,
  width,
  channels,
  values: new Uint8ClampedArray(height * width * channels),
});

/** #rrggbb as one value per channel; of one channel the lightness. */
export function inkOf(color: string, channels: number): readonly number[] {
  const rgb = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) || 0);
  return channels === 3 ? rgb : [Math.max(...rgb)];
}

/**
 * Paints a soft round spot about a position in pixels: full within the radius, nothing a pixel beyond it. Strokes never get paler where they cross.
 */
export function paintSpot(drawing: Drawing, x: number, y: number, radius: number, ink: readonly number[]): void {
  const { height, width, channels, values } = drawing;
  const reach = Math.ceil(radius + 1);
  for (let row = Math.floor(y) - reach; row <= Math.floor(y) + reach; row++) {
    for (let column = Math.floor(x) - reach; column <= Math.floor(x) + reach; column++) {
      if (row < 0 || column < 0 || row >= height || column >= width) {
        continue;
      }
      const strength = Math.min(Math.max(radius + 1 - Math.hypot(column + 0.5 - x, row + 0.5 - y), 0), 1);
      for (let channel = 0; channel < channels; channel++) {
        const at = (row * width + column) * channels + channel;
        const [before, full] = [values[at] ?? 0, ink[channel] ?? 0];
        values[at] = before + (full - before) * strength;
      }
    }
  }
}

/** Paints along a line, a spot every half pixel. */
export function paintLine(
  drawing: Drawing,
  from: readonly [x: number, y: number],
  to: readonly [x: number, y: number],
  radius: number,
  ink: readonly number[],
): void {
  const count = Math.max(1, Math.ceil(2 * Math.hypot(to[0] - from[0], to[1] - from[1])));
  for (let index = 0; index <= count; index++) {
    const share = index / count;
    paintSpot(drawing, from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share, radius, ink);
  }
}

/** The pixels of a canvas. */
export function rgbaOf({ height, width, channels, values }: Drawing): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(new ArrayBuffer(height * width * 4));
  for (let index = 0; index < height * width; index++) {
    const at = (channel: number) => values[index * channels + (channels === 3 ? channel : 0)] ?? 0;
    pixels.set([at(0), at(1), at(2), 255], index * 4);
  }
  return pixels;
}
