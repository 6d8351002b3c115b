import { useEffect, useState } from 'react';
import type { ForwardAddress } from './address';
import { useMatches } from './queries';
import type { ForwardSample, ForwardSamples } from './types';

/** Samples that a search finds at a time: images are drawn on pages, points all at once. */
const [mostImages, mostPoints] = [32, 200];

/** The samples to choose from, and the ways from the chosen one to its neighbors. */
export interface SampleList {
  /** In the order of their index; with a filter those that were found so far, else a page of all. */
  readonly items: readonly ForwardSample[];
  /** Whether only some of the samples are listed: those of a class, or those that are predicted wrong. */
  readonly isFiltered: boolean;
  /** Whether a search may find more than items. */
  readonly hasMore: boolean;
  readonly isSearching: boolean;
  readonly error: Error | null;
  /** The way to the sample before, and to the one after; null where there is none. */
  readonly previous: (() => void) | null;
  readonly next: (() => void) | null;
  /** The way to the first sample after items that fits; null where no other is to be found. */
  readonly more: (() => void) | null;
  /** Changes the filter, and chooses the first sample that fits. */
  readonly filter: (filter: Pick<ForwardAddress, 'label' | 'isWrong'>) => void;
}

/** The list for the filter in the address. page: Samples without a filter. */
export function useSampleList(
  id: string,
  page: ForwardSamples,
  address: ForwardAddress,
  change: (change: Partial<ForwardAddress>) => void,
): SampleList {
  const { label, isWrong } = address;
  const isFiltered = label !== null || isWrong;
  const matches = useMatches(id, { label, isWrong }, page.shape.length === 3 ? mostImages : mostPoints, isFiltered);
  const [wantsFirst, setWantsFirst] = useState(false);
  const found = matches.data?.pages.flatMap(({ items }) => items);
  const items = isFiltered ? (found ?? []) : page.items;
  const at = Math.min(address.sample, page.count - 1);
  const go = (sample: number) => change({ sample, isDrawn: false, point: null });

  const first = isFiltered ? found?.[0]?.index : undefined;
  useEffect(() => {
    if (wantsFirst && first !== undefined) {
      setWantsFirst(false);
      change({ sample: first, isDrawn: false, point: null });
    }
  });

  // A search pauses now and then.
  const search = async (from: number) => {
    for (let more = matches.hasNextPage; more; ) {
      const { data, hasNextPage, isError } = await matches.fetchNextPage();
      const next = data?.pages.flatMap(({ items: known }) => known).find(({ index }) => index > from);
      more = hasNextPage && next === undefined && !isError;
      if (next !== undefined) {
        go(next.index);
      }
    }
  };
  const before = isFiltered ? items.findLast(({ index }) => index < at)?.index : at > 0 ? at - 1 : undefined;
  const after = isFiltered ? items.find(({ index }) => index > at)?.index : at < page.count - 1 ? at + 1 : undefined;
  return {
    items,
    isFiltered,
    hasMore: isFiltered && (matches.hasNextPage || found === undefined),
    isSearching: isFiltered && matches.isFetching,
    error: isFiltered ? matches.error : null,
    previous: before === undefined ? null : () => go(before),
    next: after !== undefined ? () => go(after) : isFiltered && matches.hasNextPage ? () => void search(at) : null,
    more: isFiltered && matches.hasNextPage ? () => void search(items.at(-1)?.index ?? -1) : null,
    filter: (next) => {
      setWantsFirst(next.label !== null || next.isWrong);
      change(next);
    },
  };
}
