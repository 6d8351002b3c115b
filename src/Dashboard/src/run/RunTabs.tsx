import { useEffect, useRef } from 'react';
import type { RunDetail } from '../api/types';
import { Link } from '../navigation/navigation';
import { text } from '../text/text';
import { useHasLog } from './queries';

/** The tabs of a run; each has a URL. */
export const runTabs = ['overview', 'layers', 'evaluation', 'boundary', 'details', 'log', 'files', 'code'] as const;
export type RunTab = (typeof runTabs)[number];

export const asRunTab = (value: string | null): RunTab => runTabs.find((tab) => tab === value) ?? 'overview';

/** Whether a run has a decision boundary to draw: only datasets of two features have one. */
export const hasBoundary = ({ layers }: Pick<RunDetail, 'layers'>): boolean =>
  layers[0]?.input.length === 1 && layers[0].input[0] === 2;

export const tabsOf = (run: Pick<RunDetail, 'layers'>): readonly RunTab[] =>
  runTabs.filter((tab) => tab !== 'boundary' || hasBoundary(run));

/** The forward pass is a page of its own, between the views of what was measured and those of what there is. */
const beforeForward: ReadonlySet<string> = new Set(['overview', 'layers', 'evaluation', 'boundary']);

const addressOf = (id: string, tab: RunTab | 'forward'): string =>
  tab === 'forward' ? `/runs/${id}/forward` : tab === 'overview' ? `/runs/${id}` : `/runs/${id}?tab=${tab}`;

interface RunTabsProps {
  run: Pick<RunDetail, 'id' | 'layers' | 'state'>;
  current: RunTab | 'forward';
}

/** The links to the views of a run. An empty log has none, but its address works. */
export function RunTabs({ run, current }: RunTabsProps) {
  const hasLog = useHasLog(run);
  const own = tabsOf(run).filter((tab) => tab !== 'log' || hasLog || current === 'log');
  const tabs = [
    ...own.filter((tab) => beforeForward.has(tab)),
    'forward' as const,
    ...own.filter((tab) => !beforeForward.has(tab)),
  ];
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
        <Link key={tab} href={addressOf(run.id, tab)} aria-current={tab === current ? 'page' : undefined}>
          {text.tabs.names[tab]}
        </Link>
      ))}
    </nav>
  );
}
