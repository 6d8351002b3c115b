import { useEffect, useRef } from 'react';
import { setWindowTitle } from './windowTitle';

let pagesSeen = 0;

interface PageTitleProps {
  children: string;
  /** The title of the window, where it is not the heading. */
  window?: string;
}

/** The heading of a page and the title of the window; gets the focus after a navigation within the dashboard. */
export function PageTitle({ children: title, window: windowTitle = title }: PageTitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    setWindowTitle(windowTitle);
  }, [windowTitle]);
  useEffect(() => {
    if (pagesSeen++ > 0) {
      heading.current?.focus({ preventScroll: true });
    }
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {title}
    </h1>
  );
}
