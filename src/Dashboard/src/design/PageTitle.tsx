import { useEffect, useRef } from 'react';
import { text } from '../text/text';

let pagesSeen = 0;

/** The heading of a page and the title of the window; gets the focus after a navigation within the dashboard. */
export function PageTitle({ children: title }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${text.appName}`;
  }, [title]);
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
