import { text } from '../../text/text';
import { mostSmoothing } from '../view';

/** The weight of the moving average. */
export const Smoothing = ({ value, onChange }: { value: number; onChange: (value: number) => void }) => (
  <label className="pick">
    {text.compare.curves.smoothing}
    <input
      type="range"
      min={0}
      max={mostSmoothing}
      step={0.03}
      value={value}
      aria-valuetext={value.toFixed(2)}
      onChange={(event) => onChange(Number(event.target.value))}
    />
    <output>{value.toFixed(2)}</output>
  </label>
);
