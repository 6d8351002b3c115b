import { useMutation } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { downloadText } from '../charts/download/image';
import { Button } from '../design/Button';
import { errorMessage } from '../design/Problem';
import { text } from '../text/text';
import type { Comparison } from './comparison';

const t = text.compare.export;
/** All points of the curves. */
const allPoints = 10_000;

/** Exports of the comparison. Table and data come from the service, so that scripts get the same from the same URL. */
export function Exports({ runs }: { runs: readonly string[] }) {
  const query = runs.map((id) => `run=${id}`).join('&');
  // The page has downsampled curves only.
  const curves = useMutation({
    mutationFn: () => unwrap(api.GET('/api/v1/compare', { params: { query: { run: [...runs], points: allPoints } } })),
    onSuccess: (comparison) => downloadText('curves.csv', curvesCsv(comparison), 'text/csv'),
  });
  return (
    <div className="row" role="group" aria-label={t.label}>
      <a className="button button-small" href={`/api/v1/compare.csv?${query}`} download="comparison.csv">
        {t.csv}
      </a>
      <Button small blocked={curves.isPending} onClick={() => curves.mutate()}>
        {t.curves}
      </Button>
      <a
        className="button button-small"
        href={`/api/v1/compare?${query}&points=${allPoints}`}
        download="comparison.json"
      >
        {t.json}
      </a>
      {curves.error !== null && <p role="alert">{t.failed(errorMessage(curves.error))}</p>}
    </div>
  );
}

/** The curves as CSV (RFC 4180): run, name, metric, epoch, step, seconds, value. */
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
  const content = String(value ?? '');
  return /[",\r\n]/.test(content) ? `"${content.replaceAll('"', '""')}"` : content;
}
