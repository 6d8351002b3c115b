import { useId } from 'react';
import { text } from '../../text/text';
import { mostSmoothing } from '../view';

/** The weight of the moving average. */
export function Smoothing({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const id = useId();
  return (
    <span className="pick">
      <label htmlFor={id}>{text.compare.curves.smoothing}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={mostSmoothing}
        step={0.03}
        value={value}
        aria-valuetext={value.toFixed(2)}
        onChange={(event) => onChange(Number(event.target.value))}
      />
      <output htmlFor={id}>{value.toFixed(2)}</output>
    </span>
  );
}
