import type { RunPage, RunSummary } from '../api/types';
import { isPlain, matches, type RunFilter } from './filters';

/**
 * Puts changed runs into loaded pages. A run that is shown is replaced, or taken out when it no longer matches; a new one goes on top.
 * A changed run that is older than what is loaded stays where it is: on a page that was not asked for. Ids are UUIDs of version 7, so
 * their order is the order of creation. In any other order, and among words, only the service knows the place of a run that is not shown.
 */
export function mergeRuns(pages: readonly RunPage[], changed: readonly RunSummary[], filter: RunFilter): RunPage[] {
  const news = new Map(changed.map((run) => [run.id, run]));
  const oldestLoaded = pages.at(-1)?.items.at(-1)?.id;
  const isComplete = pages.at(-1)?.next == null;

  const merged = pages.map((page) => {
    // A page that nothing changes in stays the same object: there may be hundreds of them.
    if (!page.items.some((run) => news.has(run.id))) {
      return page;
    }
    const items = page.items.flatMap((run) => {
      const change = news.get(run.id);
      news.delete(run.id);
      if (change === undefined) {
        return [run];
      }
      return matches(filter, change) ? [newer(run, change)] : [];
    });
    return { ...page, items };
  });

  const [first, ...rest] = merged;
  const added = [...news.values()].filter(
    (run) =>
      isPlain(filter) && matches(filter, run) && (isComplete || oldestLoaded === undefined || run.id > oldestLoaded),
  );
  if (first === undefined || added.length === 0) {
    return merged;
  }
  // Most are new; one that came to match again goes to its place within the first page or below it.
  const place = (page: RunPage, index: number): RunPage => {
    const floor = index === merged.length - 1 ? '' : (page.items.at(-1)?.id ?? '');
    const here = added.filter((run) => run.id > floor);
    for (const run of here) {
      added.splice(added.indexOf(run), 1);
    }
    return here.length === 0
      ? page
      : { ...page, items: [...page.items, ...here].sort((a, b) => (a.id < b.id ? 1 : -1)) };
  };
  return [first, ...rest].map(place);
}

/** Takes deleted runs out of loaded pages. A page that had none of them stays the same object. */
export const withoutRuns = (pages: readonly RunPage[], deleted: ReadonlySet<string>): RunPage[] => {
  const gone = pages.reduce((sum, { items }) => sum + items.filter(({ id }) => deleted.has(id)).length, 0);
  return pages.map((page) => {
    const items = page.items.filter(({ id }) => !deleted.has(id));
    const total = page.total == null ? page.total : Math.max(page.total - gone, 0);
    return items.length === page.items.length && total === page.total ? page : { ...page, items, total };
  });
};

/** A page that was asked for while runs changed: its runs as new as they are known to be. Runs that it lacks belong to the first page only. */
export function catchUp(
  page: RunPage,
  changed: ReadonlyMap<string, RunSummary>,
  filter: RunFilter,
  isFirst: boolean,
): RunPage {
  const here = isFirst ? [...changed.values()] : page.items.flatMap((run) => changed.get(run.id) ?? []);
  return mergeRuns([page], here, filter)[0] ?? page;
}

/** The newer of two summaries; a cancel request changes no event, so of equals the second wins. Values of columns come by REST only. */
export const newer = <Summary extends RunSummary>(known: Summary, change: RunSummary): Summary =>
  change.lastSeq >= known.lastSeq ? { ...known, ...change, values: change.values ?? known.values } : known;
