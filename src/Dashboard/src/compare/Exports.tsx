import { useMutation } from '@tanstack/react-query';
import { answered, api } from '../api/client';
import { save } from '../charts/pictures/picture';
import { explain } from '../design/Problem';
import { text } from '../text/text';
import { curvesCsv } from './curves/curvesCsv';

const words = text.compare.export;
/** All that there is: curves in full. */
const allPoints = 10_000;

/** The comparison as files. Table and data come from the service, so that a script gets the same from the same address. */
export function Exports({ runs }: { runs: readonly string[] }) {
  const query = runs.map((id) => `run=${id}`).join('&');
  // The page itself holds the curves that it draws, thinned out.
  const curves = useMutation({
    mutationFn: () =>
      answered(api.GET('/api/v1/compare', { params: { query: { run: [...runs], points: allPoints } } })),
    onSuccess: (comparison) => save('curves.csv', curvesCsv(comparison), 'text/csv'),
  });
  return (
    <div className="card-actions" role="group" aria-label={words.label}>
      <a className="button button-small" href={`/api/v1/compare.csv?${query}`} download="comparison.csv">
        {words.csv}
      </a>
      <button
        type="button"
        className="button button-small"
        aria-disabled={curves.isPending}
        onClick={() => !curves.isPending && curves.mutate()}
      >
        {words.curves}
      </button>
      <a
        className="button button-small"
        href={`/api/v1/compare?${query}&points=${allPoints}`}
        download="comparison.json"
      >
        {words.json}
      </a>
      {curves.error !== null && <p role="alert">{words.failed(explain(curves.error))}</p>}
    </div>
  );
}
