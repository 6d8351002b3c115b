import { Link } from '../shell/navigation';
import { text } from '../text/text';

/** The views of a run; each has an address. */
export const runTabs = ['overview', 'layers', 'evaluation', 'boundary', 'log', 'files', 'code'] as const;
export type RunTab = (typeof runTabs)[number];

export const asRunTab = (value: string | null): RunTab => runTabs.find((tab) => tab === value) ?? 'overview';

export function RunTabs({ tabs, current }: { tabs: readonly RunTab[]; current: RunTab }) {
  return (
    <nav className="tabs" aria-label={text.tabs.label}>
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
