import type { Marker } from '../charts/series';

/** Colour, dash and marker of a curve, so that more than its colour tells it apart. */
export interface Look {
  /** As a custom property. */
  readonly property: string;
  readonly color: string;
  readonly dashes: readonly number[];
  readonly dash: string;
  readonly marker: Marker;
}

const markers: readonly Marker[] = ['circle', 'rect', 'triangle', 'diamond'];
const patterns: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [9, 3, 2, 3]];
const hues = 8;

export function lookOf(index: number): Look {
  const property = `--lab-${(index % hues) + 1}`;
  const dashes = patterns[Math.floor(index / 2) % patterns.length] ?? [];
  return {
    property,
    color: `var(${property})`,
    dashes,
    dash: dashes.join(' '),
    marker: markers[index % markers.length] ?? 'circle',
  };
}

/** A marker at a place of an SVG, in the current colour. */
export function MarkerShape({ marker, x, y, size = 5.5 }: { marker: Marker; x: number; y: number; size?: number }) {
  const paths: Readonly<Record<Marker, string>> = {
    circle: `M${-size} 0a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0`,
    rect: `M${-size} ${-size}h${2 * size}v${2 * size}h${-2 * size}z`,
    triangle: `M0 ${-size * 1.2}l${size * 1.2} ${size * 2.1}h${-size * 2.4}z`,
    diamond: `M0 ${-size * 1.3}l${size * 1.3} ${size * 1.3}l${-size * 1.3} ${size * 1.3}l${-size * 1.3} ${-size * 1.3}z`,
  };
  return <path className="lab-marker" transform={`translate(${x} ${y})`} d={paths[marker]} />;
}
