import { useEffect, useRef } from 'react';

interface PixelCanvasProps {
  rows: number;
  columns: number;
  pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** Pixels, drawn one by one and scaled by the style sheet. What they show is said by what they are in. */
export function PixelCanvas({ rows, columns, pixels }: PixelCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, columns, rows), 0, 0);
  }, [rows, columns, pixels]);
  return <canvas ref={canvas} className="forward-pixels" width={columns} height={rows} />;
}
