import { useMemo } from 'react';
import type { RunObservations } from '../../api/types';
import { PictureMenu } from '../../charts/pictures/PictureMenu';
import { pictureFrom } from '../../charts/pictures/picture';
import { Choice } from '../../design/Choice';
import { useSearch } from '../../shell/navigation';
import { brief, integer } from '../../text/format';
import { text } from '../../text/text';
import { FilmControls } from '../film/FilmControls';
import { useFilm } from '../film/useFilm';
import { filmPicture } from './filmPicture';
import { outlineOf, type Reel, reelsOf, type Tensor, tensors } from './histograms';

const options = tensors.map((value) => ({ value, label: text.observed.tensors[value] }));
const asTensor = (value: string | null): Tensor => tensors.find((tensor) => tensor === value) ?? 'activation';

/** How activations, gradients or weights of each layer are spread, epoch by epoch. */
export function HistogramFilm({ observed }: { observed: RunObservations }) {
  const [search, update] = useSearch();
  const tensor = asTensor(search.get('tensor'));
  const { epochs, reels } = useMemo(() => reelsOf(observed, tensor), [observed, tensor]);
  const { frame, ...film } = useFilm(epochs.length);
  const caption = text.observed.epoch(epochs[frame] ?? 0);
  const title = `${text.observed.tensors[tensor]}, ${caption}`;
  return (
    <section className="card" aria-labelledby="histograms-title">
      <div className="card-head">
        <h2 id="histograms-title">{text.observed.histograms}</h2>
        <div className="card-actions">
          <Choice
            label={text.observed.tensor}
            value={tensor}
            options={options}
            onChange={(next) => update((params) => params.set('tensor', next))}
          />
          {reels.length > 0 && (
            <PictureMenu chart={title} picture={(look) => pictureFrom(() => filmPicture(title, reels, frame, look))} />
          )}
        </div>
      </div>
      {reels.length === 0 ? (
        <p className="chart-empty">{text.observed.noHistograms}</p>
      ) : (
        <>
          <FilmControls {...film} frames={epochs.length} frame={frame} caption={caption} />
          <ul className="reels">
            {reels.map((reel) => (
              <ReelFrame key={reel.layer} reel={reel} frame={frame} tensor={text.observed.tensors[tensor]} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function ReelFrame({ reel, frame, tensor }: { reel: Reel; frame: number; tensor: string }) {
  const histogram = reel.frames[frame] ?? null;
  const count = histogram?.counts.reduce((sum, one) => sum + one, 0) ?? 0;
  const zero = reel.low < 0 && reel.high > 0 ? (-reel.low / (reel.high - reel.low)) * 100 : null;
  return (
    <li className="reel">
      <h3 className="mono">{reel.name}</h3>
      <svg
        viewBox="0 0 100 40"
        preserveAspectRatio="none"
        role="img"
        aria-label={
          histogram === null
            ? text.observed.noHistogram(tensor, reel.name)
            : text.observed.histogram(tensor, reel.name, brief(histogram.min), brief(histogram.max), integer(count))
        }
      >
        {zero !== null && <line x1={zero} x2={zero} y1="0" y2="40" className="reel-zero" />}
        {histogram !== null && <path d={outlineOf(histogram, reel.low, reel.high)} />}
      </svg>
      <p aria-hidden="true">
        <span>{brief(reel.low)}</span>
        <span>{brief(reel.high)}</span>
      </p>
    </li>
  );
}
