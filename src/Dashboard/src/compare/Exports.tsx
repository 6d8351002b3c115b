import { text } from '../text/text';

const t = text.compare.export;
/** All points of the curves. */
const allPoints = 10_000;

/** Exports of the comparison. They come from the service, so that scripts get the same from the same URL. */
export function Exports({ runs }: { runs: readonly string[] }) {
  const query = runs.map((id) => `run=${id}`).join('&');
  const files = [
    { href: `/api/v1/compare.csv?${query}`, file: 'comparison.csv', label: t.csv },
    { href: `/api/v1/compare/curves.csv?${query}`, file: 'curves.csv', label: t.curves },
    { href: `/api/v1/compare?${query}&points=${allPoints}`, file: 'comparison.json', label: t.json },
  ];
  return (
    <div className="row" role="group" aria-label={t.label}>
      {files.map(({ href, file, label }) => (
        <a key={file} className="button button-small" href={href} download={file}>
          {label}
        </a>
      ))}
    </div>
  );
}
