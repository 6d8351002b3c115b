import type { Marker, Series } from '../charts/series';
import type { Comparison } from './comparison';

/** Colour, dash and marker of a run or group, the same everywhere on the page. */
export type LineStyle = Required<Pick<Series, 'color' | 'dash' | 'marker'>>;

/** The line styles of runs and groups by id and key. */
export interface LineStyles {
  readonly runs: ReadonlyMap<string, LineStyle>;
  readonly groups: ReadonlyMap<string, LineStyle>;
}

const markers: readonly Marker[] = ['circle', 'rect', 'triangle', 'diamond'];
const dashes: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [9, 3, 2, 3]];
const hues = 8;
const shades = 4;

/**
 * The hue and the marker are those of the settings, the shade and the dash those of the seed; where no setting is repeated, dashes tell
 * the settings apart. Hues follow from the key of the settings and shades from the seed, so that neither the order nor the number of the
 * other runs changes them, unless two claim the same one. With more settings than hues, those of the next round begin at another shade.
 */
export function lineStylesOf({ groups, runs }: Pick<Comparison, 'groups' | 'runs'>): LineStyles {
  const isRepeated = groups.some((group) => group.runs.length > 1);
  const seeds = new Map(runs.map(({ id, seed }) => [id, seed]));
  const styles = { runs: new Map<string, LineStyle>(), groups: new Map<string, LineStyle>() };
  const takeHue = placesOf(hues);
  for (const group of groups.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
    const { place: hue, round } = takeHue(hash(group.key));
    const shaded = (shade: number) => colorOf(hue, shade + round);
    const marker = cycled(markers, hue + round) ?? 'circle';
    const dash = cycled(dashes, isRepeated ? round : hue + round) ?? [];
    styles.groups.set(group.key, { color: shaded(0), marker, dash });
    const takeShade = placesOf(shades);
    const seedOf = (id: string) => seeds.get(id) ?? 0;
    for (const id of group.runs.toSorted((a, b) => seedOf(a) - seedOf(b) || (a < b ? -1 : 1))) {
      const { place: shade, round: again } = takeShade(seedOf(id) - 1);
      styles.runs.set(id, {
        color: shaded(shade),
        marker,
        dash: isRepeated ? (cycled(dashes, shade + again + round) ?? []) : dash,
      });
    }
  }
  return styles;
}

/** The colour of a hue and a shade, of which the first is the hue itself. */
const colorOf = (hue: number, shade: number): string =>
  shade % shades === 0 ? `--line-${hue + 1}` : `--line-${hue + 1}-${(shade % shades) + 1}`;

/** Gives out places: the preferred one, or the next that is taken least often; and how often it was taken before. */
function placesOf(count: number): (preferred: number) => { place: number; round: number } {
  const taken = new Array<number>(count).fill(0);
  return (preferred) => {
    const round = Math.min(...taken);
    let place = ((preferred % count) + count) % count;
    while ((taken[place] ?? 0) > round) {
      place = (place + 1) % count;
    }
    taken[place] = round + 1;
    return { place, round };
  };
}

const cycled = <Item>(items: readonly Item[], index: number): Item | undefined => items[index % items.length];

/** FNV-1a (Fowler, Noll, Vo), 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}

/** A marker around the origin, as an SVG path. */
export function markerPath(marker: Marker, radius: number): string {
  const r = radius;
  switch (marker) {
    case 'circle':
      return `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
    case 'rect':
      return `M${-0.9 * r} ${-0.9 * r}h${1.8 * r}v${1.8 * r}h${-1.8 * r}z`;
    case 'triangle':
      return `M0 ${-1.15 * r}L${1.1 * r} ${0.85 * r}L${-1.1 * r} ${0.85 * r}z`;
    case 'diamond':
      return `M0 ${-1.3 * r}L${1.15 * r} 0L0 ${1.3 * r}L${-1.15 * r} 0z`;
  }
}
