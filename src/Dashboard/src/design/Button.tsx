import type { ComponentProps } from 'react';
import { classes } from './classes';

interface ButtonProps extends ComponentProps<'button'> {
  small?: boolean;
  primary?: boolean;
  danger?: boolean;
  /** Disabled, but still reachable by keyboard; clicks have no effect. */
  blocked?: boolean;
}

export const Button = ({ small, primary, danger, blocked, onClick, ...rest }: ButtonProps) => (
  <button
    type="button"
    className={classes('button', small && 'button-small', primary && 'button-primary', danger && 'button-danger')}
    aria-disabled={blocked}
    onClick={blocked ? undefined : onClick}
    {...rest}
  />
);
