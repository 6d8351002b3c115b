import type { ReactNode } from 'react';
import { clothes, shapes, things } from './drawings';
import { type Point, spiralPoints, xorPoints } from './points';
import type { TemplateId } from './templates';

const width = 160;
const height = 80;

/** A picture of the data of a template, or of what its run shows. Decorative: the card says it in words. */
export const TemplatePicture = ({ id }: { id: TemplateId }) => (
  <svg className="template-picture" viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
    {pictures[id]()}
  </svg>
);

const pictures: Readonly<Record<TemplateId, () => ReactNode>> = {
  xor: () => <Points points={xorPoints(72)} left={-0.4} size={1.8} />,
  spiral: () => <Points points={spiralPoints(150)} left={-1.12} size={2.24} />,
  'first-run': () => <Tiles drawings={shapes} />,
  'shapes-mlp': () => <Tiles drawings={shapes.toReversed()} />,
  'deep-sigmoid': () => <Shrinking />,
  quickstart: () => <Tiles drawings={clothes} isGray />,
  'fashion-mnist-short': () => <Tiles drawings={[...clothes.slice(4), ...clothes.slice(0, 4)]} isGray />,
  'assignment-fashion-mnist': () => <Tiles drawings={clothes.toReversed()} isGray />,
  'assignment-cifar10-short': () => <Tiles drawings={things} />,
  'assignment-cifar10': () => <Tiles drawings={things.toReversed()} />,
};

/** Points in the square from `left` in both directions. */
function Points({ points, left, size }: { points: readonly Point[]; left: number; size: number }) {
  const scale = height / size;
  return points.map(({ x, y, label }, index) => (
    <circle
      // biome-ignore lint/suspicious/noArrayIndexKey: the points never change.
      key={index}
      className={`template-class-${label}`}
      cx={(width - height) / 2 + (x - left) * scale}
      cy={height - (y - left) * scale}
      r="2.1"
    />
  ));
}

const tile = 36;
const gap = 3;

/** Eight drawings in two rows, as sample images. A drawing is a path in the square from 0 to 32. */
const Tiles = ({ drawings, isGray = false }: { drawings: readonly string[]; isGray?: boolean }) =>
  drawings.slice(0, 8).map((path, index) => (
    <g
      key={path}
      className={isGray ? 'template-tile template-gray' : `template-tile template-tile-${index % 4}`}
      transform={`translate(${2 + (index % 4) * (tile + gap)} ${2 + Math.floor(index / 4) * (tile + gap)})`}
    >
      <rect width={tile} height={tile} rx="4" />
      <path d={path} fillRule="evenodd" transform="translate(2 2)" />
    </g>
  ));

/** The gradients of six layers, each a fraction of the one behind it. */
const Shrinking = () =>
  Array.from({ length: 6 }, (_, index) => {
    const size = 62 * 0.48 ** (5 - index);
    return (
      <rect
        // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place.
        key={index}
        className="template-bar"
        x={16 + index * 22}
        y={height - 8 - size}
        width="16"
        height={size}
        rx="1.5"
      />
    );
  });
