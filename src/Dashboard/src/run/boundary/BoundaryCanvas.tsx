import { useEffect, useRef } from 'react';
import type { DecisionFilm, DecisionFrame } from '../../api/types';
import { classColor } from '../../charts/colormap';
import { fieldOf, positionOf } from './paint';

interface BoundaryCanvasProps {
  frame: DecisionFrame;
  points: DecisionFilm['points'];
  label: string;
}

const size = 640;

/** One frame: the predicted class over the input plane, with the samples. Training samples are dots, validation samples squares. */
export function BoundaryCanvas({ frame, points, label }: BoundaryCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context == null) {
      return;
    }
    context.imageSmoothingEnabled = true;
    context.drawImage(fieldOf(frame), 0, 0, size, size);
    context.strokeStyle = '#ffffff';
    context.lineWidth = 1.5;
    for (const point of points) {
      const [x, y] = positionOf(frame, point);
      context.fillStyle = classColor(point.label);
      context.beginPath();
      if (point.split === 'train') {
        context.arc(x * size, y * size, 4.5, 0, 2 * Math.PI);
      } else {
        context.rect(x * size - 4.5, y * size - 4.5, 9, 9);
      }
      context.fill();
      context.stroke();
    }
  }, [frame, points]);

  return <canvas ref={canvas} className="boundary" width={size} height={size} role="img" aria-label={label} />;
}
