import { type ComponentProps, useState } from 'react';
import type { Json } from '../../json/pointer';

interface TypedInputProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange'> {
  value: Json | undefined;
  read: (typed: string) => Json | undefined;
  /** The value as text. */
  written: string;
  change: (value: Json | undefined) => void;
}

/** Keeps the text as typed while it has the value of the document: "1." on the way to "1.5" stays "1.". */
export function TypedInput({ value, read, written, change, ...props }: TypedInputProps) {
  const [typed, setTyped] = useState(written);
  const shown = JSON.stringify(read(typed)) === JSON.stringify(value) ? typed : written;
  return (
    <input
      type="text"
      className="input"
      autoComplete="off"
      spellCheck={false}
      {...props}
      value={shown}
      onChange={(event) => {
        setTyped(event.target.value);
        change(read(event.target.value));
      }}
    />
  );
}
