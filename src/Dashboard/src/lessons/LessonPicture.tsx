import type { ReactNode } from 'react';
import type { LessonPictureName } from './useLessons';
import './lessons.css';

const width = 160;
const height = 80;

/** A drawing of what a lesson shows. Decorative: the card says it in words. */
export const LessonPicture = ({ name }: { name: LessonPictureName }) => (
  <svg className="lesson-picture" viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
    {pictures[name]()}
  </svg>
);

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** A function of x from 0 to 1 as a path over the whole picture; y from 0 to 1, upwards. */
const curve = (y: (x: number) => number, from = 12, to = 148): string =>
  range(41)
    .map(
      (index) =>
        `${index === 0 ? 'M' : 'L'}${from + ((to - from) * index) / 40} ${(72 - 64 * y(index / 40)).toFixed(1)}`,
    )
    .join('');

const Lines = ({ paths }: { paths: readonly string[] }) =>
  paths.map((path, index) => <path key={path} className={`lesson-line lesson-color-${index % 4}`} d={path} />);

const Frame = () => <path className="lesson-frame" d="M12 6V72H150" />;

/** Points of the golden angle around a center. */
const cluster = (x: number, y: number, count: number, spread: number) =>
  range(count).map((index) => {
    const angle = index * 2.39996;
    const radius = spread * Math.sqrt((index + 0.5) / count);
    return { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) };
  });

const Dots = ({ points, color }: { points: readonly { x: number; y: number }[]; color: number }) =>
  points.map(({ x, y }) => (
    <circle key={`${x} ${y}`} className={`lesson-dot lesson-color-${color}`} cx={x} cy={y} r="2.2" />
  ));

const Bell = ({ x, spread, y }: { x: number; spread: number; y: number }) => (
  <path
    className="lesson-area"
    d={`M${x - 17} ${y}${range(35)
      .map((step) => `L${x - 17 + step} ${(y - 30 * Math.exp(-(((step - 17) / spread) ** 2))).toFixed(1)}`)
      .join('')}L${x + 17} ${y}Z`}
  />
);

const pictures: Readonly<Record<LessonPictureName, () => ReactNode>> = {
  graph: () => (
    <>
      <path className="lesson-edge" d="M28 20L72 34M28 60L72 42M80 38H124M28 38H72" />
      {[
        [24, 20],
        [24, 60],
        [24, 38],
        [80, 38],
        [130, 38],
      ].map(([x, y], index) => (
        <circle key={`${x} ${y}`} className={`lesson-node lesson-color-${index < 3 ? 0 : 1}`} cx={x} cy={y} r="9" />
      ))}
    </>
  ),
  points: () => (
    <>
      <path className="lesson-frame" d="M80 4V76M40 40H120" />
      <Dots color={0} points={[...cluster(55, 20, 14, 12), ...cluster(105, 60, 14, 12)]} />
      <Dots color={1} points={[...cluster(105, 20, 14, 12), ...cluster(55, 60, 14, 12)]} />
    </>
  ),
  boundary: () => (
    <>
      <path className="lesson-area" d="M36 4H124V28C100 20 96 62 72 56C56 52 52 34 36 40Z" />
      <path className="lesson-line lesson-color-0" d="M124 28C100 20 96 62 72 56C56 52 52 34 36 40" />
      <Dots color={0} points={cluster(76, 24, 14, 15)} />
      <Dots color={1} points={[...cluster(108, 58, 9, 10), ...cluster(48, 62, 8, 9)]} />
    </>
  ),
  shrinking: () =>
    range(6).map((index) => {
      const size = 62 * 0.48 ** (5 - index);
      return (
        <rect key={index} className="lesson-bar" x={16 + index * 22} y={72 - size} width="16" height={size} rx="1.5" />
      );
    }),
  units: () =>
    range(24).map((index) => (
      <circle
        key={index}
        className={(index * 7) % 5 < 2 ? 'lesson-dead' : 'lesson-node lesson-color-0'}
        cx={24 + (index % 6) * 22}
        cy={13 + Math.floor(index / 6) * 18}
        r="6.5"
      />
    )),
  functions: () => (
    <>
      <Frame />
      <Lines
        paths={[
          curve((x) => (x < 0.5 ? 0.02 : 1.9 * (x - 0.5))),
          curve((x) => 1 / (1 + Math.exp(-12 * (x - 0.5)))),
          curve((x) => 0.5 + 0.42 * Math.tanh(6 * (x - 0.5))),
        ]}
      />
    </>
  ),
  noise: () => (
    <>
      <Frame />
      <Lines
        paths={[
          curve((x) => 0.15 + 0.75 * Math.exp(-1.4 * x)),
          curve((x) => 0.1 + 0.8 * Math.exp(-4 * x) + 0.06 * Math.sin(37 * x) * Math.sin(61 * x + 1)),
        ]}
      />
    </>
  ),
  path: () => (
    <>
      {[34, 24, 14, 6].map((radius) => (
        <ellipse key={radius} className="lesson-contour" cx="92" cy="40" rx={radius * 1.9} ry={radius} />
      ))}
      <path className="lesson-line lesson-color-1" d="M14 20L34 66L48 18L62 60L72 26L80 52L86 34L91 43L92 40" />
    </>
  ),
  curves: () => (
    <>
      <Frame />
      <Lines
        paths={[0.6, 1.6, 3, 6].map((rate, index) =>
          curve((x) => (0.92 - 0.12 * (3 - index)) * (1 - Math.exp(-rate * x))),
        )}
      />
    </>
  ),
  histograms: () =>
    [3.2, 5.5, 8, 11].map((spread, index) => <Bell key={spread} x={26 + index * 36} spread={spread} y={62} />),
  gap: () => (
    <>
      <Frame />
      <Lines
        paths={[curve((x) => 0.97 * (1 - Math.exp(-5 * x))), curve((x) => 0.66 * (1 - Math.exp(-6 * x)) - 0.08 * x)]}
      />
    </>
  ),
  scatter: () => (
    <>
      <Frame />
      <Dots color={0} points={cluster(82, 38, 26, 36).filter(({ y }) => y > 8 && y < 70)} />
      <Dots color={1} points={cluster(108, 28, 4, 8)} />
    </>
  ),
  filter: () => (
    <>
      {range(35).map((index) => (
        <rect
          key={index}
          className={index % 7 < 3 && index < 21 ? 'lesson-cell lesson-on' : 'lesson-cell'}
          x={14 + (index % 7) * 13}
          y={8 + Math.floor(index / 7) * 13}
          width="12"
          height="12"
        />
      ))}
      <path className="lesson-edge" d="M106 27H124" />
      <rect className="lesson-bar" x="128" y="21" width="13" height="13" />
    </>
  ),
  table: () =>
    range(25).map((index) => (
      <rect
        key={index}
        className="lesson-bar"
        opacity={0.25 + 0.75 * (((index * 7) % 11) / 10)}
        x={22 + (index % 5) * 24}
        y={6 + Math.floor(index / 5) * 14}
        width="22"
        height="12"
        rx="1.5"
      />
    )),
  network: () =>
    [58, 58, 46, 46, 34, 34, 22, 14, 8].map((size, index) => (
      <rect
        // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place.
        key={index}
        className={index > 6 ? 'lesson-bar lesson-color-1' : 'lesson-bar'}
        x={12 + index * 15.5}
        y={40 - size / 2}
        width="10"
        height={size}
        rx="2"
      />
    )),
};
