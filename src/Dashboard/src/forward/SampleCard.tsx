import { Button } from '../design/Button';
import { Card } from '../design/Card';
import { Choice } from '../design/Choice';
import { classes } from '../design/classes';
import { integer } from '../text/format';
import { forwardText } from '../text/forward';
import type { ForwardAddress } from './address';
import { DrawPad } from './DrawPad';
import { PointPad } from './PointPad';
import type { ForwardSamples } from './types';

const t = forwardText.sample;

/** Thumbnails of a page. */
export const pageSize = 16;

interface SampleCardProps {
  samples: ForwardSamples;
  address: ForwardAddress;
  change: (change: Partial<ForwardAddress>) => void;
  /** The image of one's own; null before the first stroke. */
  pixels: readonly number[] | null;
  onPixels: (pixels: readonly number[] | null) => void;
}

/** Where the sample comes from: a validation sample, an image that is drawn, or a point of the plane. */
export function SampleCard(props: SampleCardProps) {
  const { samples, address, change } = props;
  const isImage = samples.shape.length === 3;
  const count = samples.count;
  const at = Math.min(address.sample, count - 1);
  const isOwn = isImage ? address.isDrawn : address.point !== null;
  const go = (sample: number) =>
    change({ sample: Math.min(Math.max(sample, 0), count - 1), isDrawn: false, point: null });
  return (
    <Card
      title={t.title}
      actions={
        isImage && (
          <Choice
            label={t.source}
            value={isOwn ? 'own' : 'validation'}
            options={[
              { value: 'validation', label: t.validation },
              { value: 'own', label: t.draw },
            ]}
            onChange={(source) => change({ isDrawn: source === 'own' })}
          />
        )
      }
    >
      {!(isImage && isOwn) && (
        <div className="row forward-turn">
          <Button small blocked={!isOwn && at === 0} onClick={() => go(isOwn ? at : at - 1)}>
            {t.previous}
          </Button>
          <Button small blocked={!isOwn && at === count - 1} onClick={() => go(at + 1)}>
            {t.next}
          </Button>
          <output>{isOwn ? t.own : t.number(at + 1, count)}</output>
        </div>
      )}
      {!isImage ? (
        <PointPad samples={samples} address={address} onPoint={(point) => change({ point })} />
      ) : isOwn ? (
        <DrawPad shape={samples.shape} pixels={props.pixels} onPixels={props.onPixels} />
      ) : (
        <Thumbnails samples={samples} at={at} go={go} />
      )}
    </Card>
  );
}

/** The images of a page, and the way to the others. */
function Thumbnails({ samples, at, go }: { samples: ForwardSamples; at: number; go: (sample: number) => void }) {
  const { count, items, classNames } = samples;
  const page = Math.floor(at / pageSize);
  const last = Math.floor((count - 1) / pageSize);
  return (
    <>
      <ul className="forward-samples" aria-label={t.images}>
        {items.map(({ index, label, predicted, png }) => {
          const [name = '', guess = ''] = [classNames[label], classNames[predicted]];
          const title = label === predicted ? t.item(index + 1, name) : t.wrong(index + 1, name, guess);
          return (
            <li key={index}>
              <button
                type="button"
                className={classes(label !== predicted && 'is-wrong')}
                aria-pressed={index === at}
                title={title}
                onClick={() => go(index)}
              >
                <img src={`data:image/png;base64,${png}`} alt={title} />
              </button>
            </li>
          );
        })}
      </ul>
      <div className="row">
        <Button small blocked={page === 0} onClick={() => go((page - 1) * pageSize)}>
          {t.earlier}
        </Button>
        <Button small blocked={page === last} onClick={() => go((page + 1) * pageSize)}>
          {t.later}
        </Button>
        <span className="muted">{integer(count)}</span>
      </div>
    </>
  );
}
