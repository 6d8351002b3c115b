import type { Ref } from 'react';
import { maximumLength } from '../text/maximumLength';
import { classes } from './classes';

interface SearchFieldProps {
  label: string;
  /** By default the label. */
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
  /** Characters that the service takes; none: no limit. */
  characters?: number;
  className?: string;
  ref?: Ref<HTMLInputElement>;
}

/** A field for words to search for. */
export const SearchField = ({
  label,
  placeholder = label,
  onChange,
  characters,
  className,
  ...rest
}: SearchFieldProps) => (
  <input
    {...rest}
    type="search"
    className={classes('input', className)}
    aria-label={label}
    placeholder={placeholder}
    maxLength={characters === undefined ? undefined : maximumLength(characters)}
    onChange={(event) => onChange(event.target.value)}
  />
);
