import type { ReactNode, Ref } from 'react';

interface ScrollRegionProps {
  label: string;
  className: string;
  ref?: Ref<HTMLDivElement> | undefined;
  children: ReactNode;
}

/** What may be wider or taller than its place. A region that scrolls must be reachable by keyboard. */
export const ScrollRegion = ({ label, className, ref, children }: ScrollRegionProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
  <div ref={ref} className={className} role="group" aria-label={label} tabIndex={0}>
    {children}
  </div>
);
