import { useEffect, useRef } from 'react';
import { Link } from '../navigation/navigation';
import { text } from '../text/text';

/** The tabs of a run; each has a URL. */
export const runTabs = ['overview', 'layers', 'evaluation', 'boundary', 'details', 'log', 'files', 'code'] as const;
export type RunTab = (typeof runTabs)[number];

export const asRunTab = (value: string | null): RunTab => runTabs.find((tab) => tab === value) ?? 'overview';

export function RunTabs({ tabs, current }: { tabs: readonly RunTab[]; current: RunTab }) {
  const nav = useRef<HTMLElement>(null);
  // Where the tabs are wider than the screen, scroll to the current one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: which link is the current one changes with the tab.
  useEffect(() => {
    const link = nav.current?.querySelector<HTMLElement>('[aria-current]');
    if (nav.current !== null && link != null) {
      nav.current.scrollLeft =
        link.offsetLeft - nav.current.offsetLeft - (nav.current.clientWidth - link.offsetWidth) / 2;
    }
  }, [current]);
  return (
    <nav ref={nav} className="tabs" aria-label={text.tabs.label}>
      {tabs.map((tab) => (
        <Link
          key={tab}
          href={tab === 'overview' ? window.location.pathname : `${window.location.pathname}?tab=${tab}`}
          aria-current={tab === current ? 'page' : undefined}
        >
          {text.tabs.names[tab]}
        </Link>
      ))}
    </nav>
  );
}
