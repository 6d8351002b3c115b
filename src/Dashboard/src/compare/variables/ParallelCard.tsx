import { useMemo, useRef, useState } from 'react';
import { useWidth } from '../../charts/useWidth';
import { Button } from '../../design/Button';
import { ScrollRegion } from '../../design/ScrollRegion';
import { text } from '../../text/text';
import { ChartCard, NumbersTable, useCardView } from '../ChartCard';
import { formatValue } from '../format';
import type { LineStyle } from '../lineStyle';
import { type Brushes, insideOf, withBrush } from './brush';
import { ParallelAxis, widestTick } from './ParallelAxis';
import { scaleOf } from './scale';
import type { Variable } from './variables';

const t = text.compare.parallel;
const height = 300;
const margin = { top: 44, bottom: 16 };
/** Minimum distance of axes; below it the chart scrolls. */
const minimumGap = 118;

interface ParallelCardProps {
  comparison: { readonly runs: readonly { readonly id: string; readonly name: string }[] };
  variables: readonly Variable[];
  styles: ReadonlyMap<string, LineStyle>;
  brushes: Brushes;
  onBrushes: (brushes: Brushes) => void;
  /** Keeps only the runs within the ranges; missing where nothing can be left out. */
  onKeep?: (runs: readonly string[]) => void;
}

/** Parallel coordinates: each run is a line over all variables; ranges filter the runs. */
export function ParallelCard({ comparison, variables, styles, brushes, onBrushes, onKeep }: ParallelCardProps) {
  const [shown, show] = useCardView('parallel');
  const [host, width] = useWidth<HTMLDivElement>();
  const svg = useRef<SVGSVGElement>(null);
  // While a range is dragged it is local; the URL changes when it is released.
  const [draft, setDraft] = useState<Brushes | null>(null);
  const current = draft ?? brushes;

  const { runs } = comparison;
  const ids = useMemo(() => runs.map(({ id }) => id), [runs]);
  const axes = useMemo(
    () => variables.map((variable) => ({ variable, scale: scaleOf(variable, ids) })),
    [variables, ids],
  );
  const inside = insideOf(ids, axes, current);
  // Tick labels of the first axis are on its left, those of the last one on its right.
  const side = 24 + Math.max(40, widestTick(axes.at(0)), widestTick(axes.at(-1)));
  const drawn = Math.max(width, 2 * side + minimumGap * (axes.length - 1));
  const gap = axes.length < 2 ? drawn : (drawn - 2 * side) / (axes.length - 1);
  const xOf = (index: number) => (axes.length < 2 ? drawn / 2 : side + index * gap);
  const yOf = (share: number) => height - margin.bottom - share * (height - margin.top - margin.bottom);
  const pathOf = (id: string) => {
    let path = '';
    let isBroken = true;
    axes.forEach(({ variable, scale }, index) => {
      const share = scale.share(variable.valueOf(id));
      path += share === null ? '' : `${isBroken ? 'M' : 'L'}${xOf(index)} ${yOf(share)}`;
      isBroken = share === null;
    });
    return path;
  };

  return (
    <ChartCard
      title={t.title}
      view={shown}
      onView={show}
      svg={svg}
      note={t.note}
      tools={
        <>
          <p role="status">{t.selected(inside.size, runs.length)}</p>
          <Button small blocked={current.size === 0} onClick={() => onBrushes(new Map())}>
            {t.clear}
          </Button>
          {onKeep !== undefined && (
            <Button
              small
              blocked={inside.size < 2 || inside.size === runs.length}
              onClick={() => onKeep(ids.filter((id) => inside.has(id)))}
            >
              {t.keep}
            </Button>
          )}
        </>
      }
    >
      {shown === 'table' ? (
        <NumbersTable
          label={t.title}
          columns={[text.compare.table.run, ...variables.map(({ label }) => label)]}
          rows={runs
            .filter(({ id }) => inside.has(id))
            .map(({ id, name }) => ({
              key: id,
              cells: [name, ...variables.map((variable) => formatValue(variable, variable.valueOf(id)))],
            }))}
        />
      ) : (
        <ScrollRegion ref={host} className="scroll" label={t.describe(axes.length, runs.length)}>
          {width > 0 && (
            <svg ref={svg} className="plot" width={drawn} height={height} role="group" aria-label={t.title}>
              <g fill="none">
                {runs.map(({ id, name }) => {
                  const style = styles.get(id);
                  const isInside = inside.has(id);
                  return (
                    <path
                      key={id}
                      d={pathOf(id)}
                      className={isInside ? 'parallel-run' : 'parallel-run parallel-outside'}
                      stroke={isInside && style !== undefined ? `var(${style.color})` : undefined}
                      strokeDasharray={style?.dash.join(' ')}
                    >
                      <title>{name}</title>
                    </path>
                  );
                })}
              </g>
              {axes.map(({ variable, scale }, index) => (
                <ParallelAxis
                  key={variable.id}
                  variable={variable}
                  scale={scale}
                  x={xOf(index)}
                  gap={gap}
                  top={yOf(1)}
                  bottom={yOf(0)}
                  isLast={index === axes.length - 1 && index > 0}
                  range={current.get(variable.id) ?? [0, 1]}
                  onChange={(range) => setDraft(withBrush(current, variable.id, range))}
                  onCommit={(range) => {
                    setDraft(null);
                    onBrushes(withBrush(current, variable.id, range));
                  }}
                />
              ))}
            </svg>
          )}
        </ScrollRegion>
      )}
    </ChartCard>
  );
}
