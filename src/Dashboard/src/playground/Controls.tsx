import { type ReactNode, useId } from 'react';
import { Button } from '../design/Button';

interface SelectProps<Value extends string | number> {
  label: string;
  value: Value;
  options: readonly { readonly value: Value; readonly label: string }[];
  /** Beside the label. */
  help?: ReactNode;
  onChange: (value: Value) => void;
}

/** One of a list. */
export function Select<Value extends string | number>({ label, value, options, help, onChange }: SelectProps<Value>) {
  const id = useId();
  const all = options.some((option) => option.value === value)
    ? options
    : [{ value, label: String(value) }, ...options];
  return (
    <div className="setting">
      <span className="setting-label">
        <label htmlFor={id}>{label}</label>
        {help}
      </span>
      <select
        id={id}
        className="input"
        value={String(value)}
        onChange={(event) => {
          const chosen = all.find((option) => String(option.value) === event.target.value);
          if (chosen !== undefined) {
            onChange(chosen.value);
          }
        }}
      >
        {all.map((option) => (
          <option key={String(option.value)} value={String(option.value)}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

interface SliderProps {
  label: string;
  value: number;
  minimum: number;
  maximum: number;
  step: number;
  format: (value: number) => string;
  onChange: (value: number) => void;
}

/** A number on a scale. */
export function Slider({ label, value, minimum, maximum, step, format, onChange }: SliderProps) {
  const id = useId();
  return (
    <div className="setting">
      <span className="row spread">
        <label htmlFor={id}>{label}</label>
        <output htmlFor={id}>{format(value)}</output>
      </span>
      <input
        id={id}
        type="range"
        min={minimum}
        max={maximum}
        step={step}
        value={value}
        aria-valuetext={format(value)}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    </div>
  );
}

interface CounterProps {
  label: string;
  /** What one more or less of it is called. */
  lessLabel: string;
  moreLabel: string;
  value: ReactNode;
  canLess: boolean;
  canMore: boolean;
  onLess: () => void;
  onMore: () => void;
}

/** A small number with buttons for one less and one more. */
export const Counter = ({ label, lessLabel, moreLabel, value, canLess, canMore, onLess, onMore }: CounterProps) => (
  <div className="counter" role="group" aria-label={label}>
    <Button small blocked={!canLess} aria-label={lessLabel} onClick={onLess}>
      −
    </Button>
    <output>{value}</output>
    <Button small blocked={!canMore} aria-label={moreLabel} onClick={onMore}>
      +
    </Button>
  </div>
);
