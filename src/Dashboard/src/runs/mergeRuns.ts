import type { RunPage, RunSummary } from '../api/types';
import { isDefaultOrder, matches, type RunFilter } from './filters';

/**
 * Merges changed runs into loaded pages. A listed run is replaced, or removed if it no longer matches; a new one is inserted by its id
 * (UUIDv7, so ids are in the order of creation). Runs older than the loaded ones belong to a page that was not loaded. In any other
 * order, or with a search, only the service knows the position of a run that is not listed.
 */
export function mergeRuns(pages: readonly RunPage[], changed: readonly RunSummary[], filter: RunFilter): RunPage[] {
  const updates = new Map(changed.map((run) => [run.id, run]));
  const oldestLoaded = pages.at(-1)?.items.at(-1)?.id;
  const isComplete = pages.at(-1)?.next == null;

  const merged = pages.map((page) => {
    // An unchanged page stays the same object: there may be hundreds of them.
    if (!page.items.some((run) => updates.has(run.id))) {
      return page;
    }
    const items = page.items.flatMap((run) => {
      const change = updates.get(run.id);
      updates.delete(run.id);
      if (change === undefined) {
        return [run];
      }
      return matches(filter, change) ? [newer(run, change)] : [];
    });
    return { ...page, items };
  });

  const [first, ...rest] = merged;
  const added = [...updates.values()].filter(
    (run) =>
      isDefaultOrder(filter) &&
      matches(filter, run) &&
      (isComplete || oldestLoaded === undefined || run.id > oldestLoaded),
  );
  if (first === undefined || added.length === 0) {
    return merged;
  }
  // Most are new and belong to the first page; one that matches again may belong to a later page.
  const insert = (page: RunPage, index: number): RunPage => {
    const floor = index === merged.length - 1 ? '' : (page.items.at(-1)?.id ?? '');
    const here = added.filter((run) => run.id > floor);
    for (const run of here) {
      added.splice(added.indexOf(run), 1);
    }
    return here.length === 0
      ? page
      : { ...page, items: [...page.items, ...here].sort((a, b) => (a.id < b.id ? 1 : -1)) };
  };
  return [first, ...rest].map(insert);
}

/** Removes deleted runs from loaded pages. An unchanged page stays the same object. */
export const withoutRuns = (pages: readonly RunPage[], deleted: ReadonlySet<string>): RunPage[] =>
  pages.map((page) => {
    const items = page.items.filter(({ id }) => !deleted.has(id));
    return items.length === page.items.length ? page : { ...page, items };
  });

/** A page that was requested while runs changed, with the changes applied. New runs belong to the first page only. */
export function catchUp(
  page: RunPage,
  changed: ReadonlyMap<string, RunSummary>,
  filter: RunFilter,
  isFirst: boolean,
): RunPage {
  const here = isFirst ? [...changed.values()] : page.items.flatMap((run) => changed.get(run.id) ?? []);
  return mergeRuns([page], here, filter)[0] ?? page;
}

/** The newer of two summaries; of equals the second, because a cancel request adds no event. Column values come from the REST API only. */
export const newer = <Summary extends RunSummary>(known: Summary, change: RunSummary): Summary =>
  change.lastSeq >= known.lastSeq ? { ...known, ...change, values: change.values ?? known.values } : known;
