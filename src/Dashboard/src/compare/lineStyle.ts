import type { Marker, Series } from '../charts/series';

/** Colour, dash and marker of a run or group, the same everywhere on the page. */
export type LineStyle = Required<Pick<Series, 'color' | 'dash' | 'marker'>>;

const markers: readonly Marker[] = ['circle', 'rect', 'triangle', 'diamond'];

const colors = 8;
const dashes: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [9, 3, 2, 3]];

/**
 * The style of the n-th line. Neighbours differ in colour, dash and marker, so that colour is not the only cue; the first 32 styles are
 * distinct.
 */
export function lineStyle(index: number): LineStyle {
  const round = Math.floor(index / colors);
  return {
    color: `--line-${(index % colors) + 1}`,
    dash: dashes[(index + round) % dashes.length] ?? [],
    marker: markers[(index + round) % markers.length] ?? 'circle',
  };
}

/** Line styles by id. */
export const lineStyles = (ids: readonly string[]): ReadonlyMap<string, LineStyle> =>
  new Map(ids.map((id, index) => [id, lineStyle(index)]));

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
