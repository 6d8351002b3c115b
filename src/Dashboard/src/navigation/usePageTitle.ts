import { type RefObject, useEffect, useRef } from 'react';
import { text } from '../text/text';

let pagesSeen = 0;

/** Sets the window's title, and moves the focus to the page's heading after a navigation within the dashboard. */
export function usePageTitle(title: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${text.appName}`;
  }, [title]);
  useEffect(() => {
    if (pagesSeen++ > 0) {
      heading.current?.focus({ preventScroll: true });
    }
  }, []);
  return heading;
}
