import { lazy, Suspense } from 'react';
import { text } from '../text/text';
import type { LineCanvasProps } from './LineCanvas';
import './charts.css';

const LineCanvas = lazy(() => import('./LineCanvas'));

interface LineAreaProps extends LineCanvasProps {
  /** What the chart shows, as text. */
  label: string;
  className?: string;
}

/** A line chart; its canvas is loaded when it is first shown. */
export const LineArea = ({ label, className = 'chart-area', ...canvas }: LineAreaProps) => (
  <div className={className} role="img" aria-label={label}>
    <Suspense fallback={<p className="chart-empty">{text.charts.loading}</p>}>
      <LineCanvas {...canvas} />
    </Suspense>
  </div>
);
