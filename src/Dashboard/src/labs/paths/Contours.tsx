import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { components } from '../../api/schema';
import { readChartTheme } from '../../charts/chartTheme';
import { useWidth } from '../../charts/useWidth';
import { classes } from '../../design/classes';
import { useTheme } from '../../navigation/theme';
import { brief } from '../../text/format';
import { text } from '../../text/text';
import { type Look, MarkerShape } from '../looks';
import { channelsOf, paintContours } from './contour';

type Schemas = components['schemas'];
type Point = Schemas['PlanePoint'];
type Region = Schemas['PlaneRegion'];

const t = text.labs.paths;
const left = 40;
const bottom = 24;
const pad = 8;

interface ContoursProps {
  grid: Schemas['HeightGrid'];
  region: Region;
  paths: readonly (Schemas['OptimizerPath'] & { look: Look })[];
  start: Point;
  minimum: Point | null;
  update: number;
  onStart: (start: Point) => void;
}

/** The contours of a function, the paths up to an update, and the start, which can be dragged and moved by keys. */
export function Contours({ grid, region, paths, start, minimum, update, onStart }: ContoursProps) {
  const [host, hostWidth] = useWidth<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const [dragged, setDragged] = useState<Point | null>(null);
  const width = Math.max(Math.min(hostWidth - left - pad, 1130), 0);
  const spanX = region.x.high - region.x.low;
  const spanY = region.y.high - region.y.low;
  const height = Math.round(Math.min(Math.max(width * (spanY / spanX), width * 0.5), width * 0.9, 560));

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes the colours.
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (canvas.current === null || context == null || width === 0) {
      return;
    }
    const { color } = readChartTheme(canvas.current);
    const pixels = paintContours(grid, width, height, {
      low: channelsOf(color('--contour-low')),
      high: channelsOf(color('--contour-high')),
      line: channelsOf(color('--contour-line')),
      none: channelsOf(color('--surface')),
    });
    context.putImageData(new ImageData(pixels, width, height), 0, 0);
  }, [grid, width, height, theme]);

  const xOf = (x: number) => ((x - region.x.low) / spanX) * width;
  const yOf = (y: number) => (1 - (y - region.y.low) / spanY) * height;
  const pointAt = (event: PointerEvent<SVGElement>): Point => {
    const box = canvas.current?.getBoundingClientRect();
    const share = (value: number) => Math.min(Math.max(value, 0), 1);
    return box === undefined
      ? start
      : {
          x: rounded(region.x.low + share((event.clientX - box.left) / box.width) * spanX, spanX),
          y: rounded(region.y.low + (1 - share((event.clientY - box.top) / box.height)) * spanY, spanY),
        };
  };
  const move = (event: KeyboardEvent) => {
    const [right, up] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key] ?? [
      0, 0,
    ];
    if (right !== 0 || up !== 0) {
      event.preventDefault();
      onStart({
        x: rounded(start.x + ((right ?? 0) * spanX) / 40, spanX),
        y: rounded(start.y + ((up ?? 0) * spanY) / 40, spanY),
      });
    }
  };
  const shown = dragged ?? start;
  return (
    <div ref={host} className="contours" style={{ height: height + bottom + pad }}>
      {width > 0 && (
        <>
          <canvas
            ref={canvas}
            width={width}
            height={height}
            style={{ left, top: pad }}
            role="img"
            aria-label={t.filmLabel(update)}
          />
          {/* biome-ignore lint/a11y/noSvgWithoutTitle: the canvas below it has the name of the picture. */}
          <svg width={left + width + pad} height={height + bottom + pad}>
            <g transform={`translate(${left} ${pad})`}>
              <rect className="contours-frame" width={width} height={height} />
              <g className="contours-ticks">
                {ticksOf(region.x).map((value) => (
                  <text key={`x${value}`} x={xOf(value)} y={height + 16} textAnchor="middle">
                    {brief(value)}
                  </text>
                ))}
                {ticksOf(region.y).map((value) => (
                  <text key={`y${value}`} x={-8} y={yOf(value)} textAnchor="end" dominantBaseline="central">
                    {brief(value)}
                  </text>
                ))}
              </g>
              <g>
                <clipPath id="contours-clip">
                  <rect width={width} height={height} />
                </clipPath>
                {minimum !== null && (
                  <path className="contours-minimum" d={`M${xOf(minimum.x) - 6} ${yOf(minimum.y)}h12m-6 -6v12`}>
                    <title>{t.minimum}</title>
                  </path>
                )}
                <g clipPath="url(#contours-clip)" className={classes('contours-paths', dragged !== null && 'is-old')}>
                  {paths.map(({ x, y, look }, index) => {
                    const points = x.slice(0, update + 1).map((value, at) => [xOf(value), yOf(y[at] ?? 0)] as const);
                    const [endX, endY] = points.at(-1) ?? [0, 0];
                    return (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the paths of a result never move.
                      <g key={index} style={{ color: look.color }}>
                        <path
                          className="contours-halo"
                          d={`M${points.map((point) => point.map(Math.round).join(' ')).join('L')}`}
                        />
                        <path
                          d={`M${points.map((point) => point.map((value) => value.toFixed(1)).join(' ')).join('L')}`}
                          strokeDasharray={look.dash}
                        />
                        {points.length <= 80 &&
                          points.slice(1, -1).map(([px, py], at) => (
                            // biome-ignore lint/suspicious/noArrayIndexKey: see above.
                            <circle key={at} cx={px} cy={py} r={1.8} />
                          ))}
                        <MarkerShape marker={look.marker} x={endX} y={endY} />
                      </g>
                    );
                  })}
                </g>
              </g>
              <g
                className="contours-start"
                role="button"
                tabIndex={0}
                aria-label={t.start(brief(shown.x), brief(shown.y))}
                transform={`translate(${xOf(shown.x)} ${yOf(shown.y)})`}
                onKeyDown={move}
                onPointerDown={(event) => {
                  event.currentTarget.setPointerCapture(event.pointerId);
                  setDragged(start);
                }}
                onPointerMove={(event) => dragged !== null && setDragged(pointAt(event))}
                onPointerUp={(event) => {
                  const to = pointAt(event);
                  setDragged(null);
                  if (to.x !== start.x || to.y !== start.y) {
                    onStart(to);
                  }
                }}
                onPointerCancel={() => setDragged(null)}
              >
                <circle className="contours-grip" r={20} />
                <circle r={8} />
              </g>
            </g>
          </svg>
        </>
      )}
    </div>
  );
}

/** With as many digits as the picture shows. */
const rounded = (value: number, span: number): number => {
  const digits = Math.max(0, 3 - Math.ceil(Math.log10(span)));
  return Number(value.toFixed(digits));
};

/** About seven round numbers within a range. */
function ticksOf({ low, high }: { low: number; high: number }): readonly number[] {
  const rough = (high - low) / 7;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, index) => Number(((first + index) * step).toPrecision(10)));
}
