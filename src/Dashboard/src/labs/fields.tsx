import { type ReactNode, useEffect, useId, useState } from 'react';

/** A labelled control. */
export const Field = ({
  label,
  help,
  children,
}: {
  label: string;
  help?: string;
  children: (id: string) => ReactNode;
}) => {
  const id = useId();
  return (
    <div className="lab-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {help !== undefined && <small>{help}</small>}
    </div>
  );
};

interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: string;
  className?: string;
  isMultiline?: boolean;
  /** The label is for screen readers only. */
  isBare?: boolean;
}

/** A text that takes effect on Enter, or when the field is left. */
export function TextField({ label, value, onChange, help, isMultiline = false, isBare = false }: TextFieldProps) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const commit = () => draft !== value && onChange(draft);
  const props = {
    value: draft,
    onChange: (event: { target: { value: string } }) => setDraft(event.target.value),
    onBlur: commit,
    spellCheck: false,
    className: 'mono',
  };
  const control = (id?: string) =>
    isMultiline ? (
      <textarea id={id} rows={4} {...props} />
    ) : (
      <input
        id={id}
        type="text"
        aria-label={isBare ? label : undefined}
        {...props}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
    );
  return isBare ? (
    control()
  ) : (
    <Field label={label} {...(help === undefined ? {} : { help })}>
      {control}
    </Field>
  );
}

interface NumberFieldProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
  minimum?: number;
  maximum?: number;
  step?: number | 'any';
  isBare?: boolean;
}

/** A number that takes effect when the field is left, on Enter, and by its arrows. A text that is no number is taken back. */
export function NumberField({
  label,
  value,
  onChange,
  minimum,
  maximum,
  step = 'any',
  isBare = false,
}: NumberFieldProps) {
  const [draft, setDraft] = useState(String(value));
  useEffect(() => setDraft(String(value)), [value]);
  const commit = (words: string) => {
    const number = Number(words);
    if (words.trim() === '' || !Number.isFinite(number)) {
      setDraft(String(value));
    } else if (number !== value) {
      onChange(number);
    }
  };
  const control = (id?: string) => (
    <input
      id={id}
      type="number"
      aria-label={isBare ? label : undefined}
      value={draft}
      min={minimum}
      max={maximum}
      step={step}
      onChange={(event) => {
        setDraft(event.target.value);
        // By its arrows the value changes without a key that types.
        if (!(event.nativeEvent instanceof InputEvent)) {
          commit(event.target.value);
        }
      }}
      onBlur={() => commit(draft)}
      onKeyDown={(event) => event.key === 'Enter' && commit(draft)}
    />
  );
  return isBare ? control() : <Field label={label}>{control}</Field>;
}
