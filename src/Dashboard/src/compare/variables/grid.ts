import type { Variable } from './variables';

/** The runs and the mean result of a pair of settings. */
export interface Cell {
  readonly runs: readonly string[];
  readonly mean: number | null;
  /** Minimum and maximum; null without values. */
  readonly range: readonly [number, number] | null;
}

export interface Grid {
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  /** By row, then column. */
  readonly cells: readonly (readonly Cell[])[];
}

interface Bin {
  readonly label: string;
  readonly holds: (value: number | string | null) => boolean;
}

/** More distinct numbers than this are binned into quantiles. */
const maximumBins = 10;

/** Groups runs by two settings. */
export function gridOf(
  runs: readonly string[],
  column: Variable,
  row: Variable,
  result: Variable,
  format: (value: number) => string,
): Grid {
  const columns = binsOf(column, runs, format);
  const rows = binsOf(row, runs, format);
  return {
    columns: columns.map(({ label }) => label),
    rows: rows.map(({ label }) => label),
    cells: rows.map((inRow) =>
      columns.map((inColumn) => {
        const here = runs.filter((run) => inRow.holds(row.valueOf(run)) && inColumn.holds(column.valueOf(run)));
        const values = here.map(result.valueOf).filter((value) => typeof value === 'number');
        return {
          runs: here,
          mean: values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length,
          range: values.length === 0 ? null : [Math.min(...values), Math.max(...values)],
        };
      }),
    ),
  };
}

function binsOf(variable: Variable, runs: readonly string[], format: (value: number) => string): readonly Bin[] {
  const values = runs.map(variable.valueOf);
  const none: Bin[] = values.includes(null) ? [{ label: '–', holds: (value) => value === null }] : [];
  if (variable.kind === 'category') {
    return [...variable.categories.map((name): Bin => ({ label: name, holds: (value) => value === name })), ...none];
  }
  const known = values.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  const distinct = [...new Set(known)];
  if (distinct.length <= maximumBins) {
    return [...distinct.map((one): Bin => ({ label: format(one), holds: (value) => value === one })), ...none];
  }
  const edges = Array.from(
    { length: maximumBins + 1 },
    (_, index) => known[Math.round((index / maximumBins) * (known.length - 1))] ?? 0,
  );
  const bins = edges.slice(1).flatMap((high, index): Bin[] => {
    const low = edges[index] ?? high;
    const isFirst = index === 0;
    return low === high && !isFirst
      ? []
      : [
          {
            label: `${format(low)} – ${format(high)}`,
            holds: (value) => typeof value === 'number' && (isFirst ? value >= low : value > low) && value <= high,
          },
        ];
  });
  return [...bins, ...none];
}
