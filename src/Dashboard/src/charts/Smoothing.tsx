import { useId } from 'react';
import { text } from '../text/text';

interface SmoothingProps {
  /** Weight of the moving average, from 0. */
  value: number;
  maximum: number;
  step: number;
  onChange: (value: number) => void;
}

/** A slider for the weight of the moving average. */
export function Smoothing({ value, maximum, step, onChange }: SmoothingProps) {
  const id = useId();
  return (
    <span className="smoothing row muted">
      <label htmlFor={id}>{text.charts.smoothing}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={maximum}
        step={step}
        value={value}
        aria-valuetext={value.toFixed(2)}
        onChange={(event) => onChange(Number(event.target.value))}
      />
      <output htmlFor={id}>{value.toFixed(2)}</output>
    </span>
  );
}
