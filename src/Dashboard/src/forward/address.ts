import { useMemo } from 'react';
import { useSearch } from '../navigation/navigation';

/** The name of the last step of a network, after its layers. */
export const softmax = 'softmax';

/** A value of a layer's output. */
export interface Place {
  readonly layer: string;
  readonly channel: number;
  readonly row: number;
  readonly column: number;
}

/** What the address holds: the sample, and the unit; null where the view chooses one. */
export interface ForwardAddress {
  readonly sample: number;
  /** Only samples of this class are listed; null: of all. */
  readonly label: number | null;
  /** Only samples are listed that are predicted wrong. */
  readonly isWrong: boolean;
  /** A point of one's own. */
  readonly point: readonly number[] | null;
  /** Whether an image of one's own is drawn. Its pixels are not in the address. */
  readonly isDrawn: boolean;
  readonly place: Place | null;
}

const wholeOf = (value: string | null): number => {
  const number = Number(value);
  return Number.isSafeInteger(number) && number >= 0 ? number : 0;
};

const pointOf = (value: string | null): readonly number[] | null => {
  const numbers = value?.split(',').map(Number) ?? [];
  return numbers.length > 0 && numbers.every(Number.isFinite) ? numbers : null;
};

export function readAddress(search: URLSearchParams): ForwardAddress {
  const layer = search.get('layer');
  return {
    sample: wholeOf(search.get('sample')),
    label: search.has('class') ? wholeOf(search.get('class')) : null,
    isWrong: search.has('wrong'),
    point: pointOf(search.get('point')),
    isDrawn: search.has('draw'),
    place:
      layer === null
        ? null
        : {
            layer,
            channel: wholeOf(search.get('channel')),
            row: wholeOf(search.get('row')),
            column: wholeOf(search.get('column')),
          },
  };
}

const names = ['sample', 'class', 'wrong', 'point', 'draw', 'layer', 'channel', 'row', 'column'] as const;

export function writeAddress(search: URLSearchParams, address: ForwardAddress): void {
  const { sample, label, isWrong, point, isDrawn, place } = address;
  const values: Record<(typeof names)[number], string | null> = {
    sample: sample === 0 ? null : String(sample),
    class: label === null ? null : String(label),
    wrong: isWrong ? '1' : null,
    point: point === null ? null : point.join(','),
    draw: isDrawn ? '1' : null,
    layer: place?.layer ?? null,
    channel: place === null ? null : String(place.channel),
    row: place === null || place.row === 0 ? null : String(place.row),
    column: place === null || place.column === 0 ? null : String(place.column),
  };
  for (const name of names) {
    const value = values[name];
    if (value === null) {
      search.delete(name);
    } else {
      search.set(name, value);
    }
  }
}

/** The state of the view, which is in the address, and a function that changes a part of it. */
export function useForwardAddress(): [ForwardAddress, (change: Partial<ForwardAddress>) => void] {
  const [search, update] = useSearch();
  const address = useMemo(() => readAddress(search), [search]);
  const change = (part: Partial<ForwardAddress>) =>
    update((params) => writeAddress(params, { ...readAddress(params), ...part }));
  return [address, change];
}
