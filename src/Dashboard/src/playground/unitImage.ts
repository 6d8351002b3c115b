import { signedColorAt } from '../charts/colormap';
import { bytesOf } from '../run/boundary/paint';

/** The pixels of a map, top row first. */
export function unitPixels(values: string, side: number): Uint8ClampedArray<ArrayBuffer> {
  const bytes = bytesOf(values);
  const pixels = new Uint8ClampedArray(new ArrayBuffer(side * side * 4));
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      // Rows are sent from the lower edge up.
      const share = ((bytes[(side - 1 - row) * side + column] ?? 128) - 128) / 127;
      pixels.set([...signedColorAt(share), 255], (row * side + column) * 4);
    }
  }
  return pixels;
}

let canvas: HTMLCanvasElement | null = null;

/** A map as the URL of a small image. */
export function unitImage(values: string, side: number): string {
  canvas ??= document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  canvas.getContext('2d')?.putImageData(new ImageData(unitPixels(values, side), side, side), 0, 0);
  return canvas.toDataURL();
}
