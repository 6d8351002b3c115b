import { save } from '../charts/pictures/picture';
import { text } from '../text/text';
import type { Comparison } from './comparison';
import { curvesCsv } from './curves/curvesCsv';

const words = text.compare.export;
/** All that there is: curves in full. */
const allPoints = 10_000;

/** The comparison as files. Table and data come from the service, so that a script gets the same from the same address. */
export function Exports({ comparison, runs }: { comparison: Comparison; runs: readonly string[] }) {
  const query = runs.map((id) => `run=${id}`).join('&');
  return (
    <div className="card-actions" role="group" aria-label={words.label}>
      <a className="button button-small" href={`/api/v1/compare.csv?${query}`} download="comparison.csv">
        {words.csv}
      </a>
      <button
        type="button"
        className="button button-small"
        onClick={() => save('curves.csv', curvesCsv(comparison), 'text/csv')}
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
    </div>
  );
}
