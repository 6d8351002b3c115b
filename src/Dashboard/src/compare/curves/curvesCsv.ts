import type { Comparison } from '../comparison';

/** The curves in rows: run, name, metric, epoch, step, seconds, value (RFC 4180). */
export function curvesCsv({ runs, curves }: Comparison): string {
  const names = new Map(runs.map(({ id, name }) => [id, name]));
  const rows = curves.flatMap(({ run, metric, points }) =>
    points.map(({ epoch, step, seconds, value }) => [run, names.get(run), metric, epoch, step, seconds, value]),
  );
  return [['run', 'name', 'metric', 'epoch', 'step', 'seconds', 'value'], ...rows]
    .map((row) => `${row.map(field).join(',')}\r\n`)
    .join('');
}

function field(value: string | number | null | undefined): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
