import type { ComponentProps } from 'react';

type ScrollRegionProps = Omit<ComponentProps<'div'>, 'tabIndex'> & { label: string };

/** Content that may overflow its region. A region that scrolls must be reachable by keyboard. */
export const ScrollRegion = ({ label, role = 'group', className = '', ...rest }: ScrollRegionProps) => (
  // biome-ignore lint/a11y/useAriaPropsSupportedByRole: each role in use has a name.
  <div {...rest} className={`scroll-region ${className}`} role={role} aria-label={label} tabIndex={0} />
);
