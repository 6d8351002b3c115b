import { useId } from 'react';
import { Button } from '../design/Button';
import { Card } from '../design/Card';
import { Choice } from '../design/Choice';
import { classes } from '../design/classes';
import { Problem } from '../design/Problem';
import { NumberField } from '../labs/fields';
import { integer } from '../text/format';
import { forwardText } from '../text/forward';
import type { ForwardAddress } from './address';
import { DrawPad } from './DrawPad';
import { PointPad } from './PointPad';
import type { SampleList } from './sampleList';
import type { ForwardSamples } from './types';

const t = forwardText.sample;

/** Thumbnails of a page. */
export const pageSize = 16;

interface SampleCardProps {
  /** Without a filter. */
  samples: ForwardSamples;
  list: SampleList;
  address: ForwardAddress;
  change: (change: Partial<ForwardAddress>) => void;
  /** The point that is shown; null for an image. */
  point: readonly number[] | null;
  /** The image of one's own; null before the first stroke. */
  pixels: readonly number[] | null;
  onPixels: (pixels: readonly number[] | null) => void;
}

/** Where the sample comes from: a validation sample, an image that is drawn, or a point of the plane. */
export function SampleCard(props: SampleCardProps) {
  const { samples, list, address, change } = props;
  const isImage = samples.shape.length === 3;
  const at = Math.min(address.sample, samples.count - 1);
  const isOwn = isImage ? address.isDrawn : address.point !== null;
  const go = (sample: number) => change({ sample, isDrawn: false, point: null });
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
        <>
          <div className="row forward-turn">
            <Button
              small
              blocked={!isOwn && list.previous === null}
              onClick={() => (isOwn ? go(at) : list.previous?.())}
            >
              {t.previous}
            </Button>
            <Button small blocked={!isOwn && list.next === null} onClick={() => (isOwn ? go(at) : list.next?.())}>
              {t.next}
            </Button>
            {isOwn ? (
              <output>{t.own}</output>
            ) : (
              <span className="forward-tool">
                <NumberField
                  isBare
                  label={t.number}
                  value={at + 1}
                  minimum={1}
                  maximum={samples.count}
                  step={1}
                  // Any sample: those of the filter are found one after the other.
                  onChange={(number) =>
                    change({ sample: placeOf(number, samples.count), label: null, isWrong: false, point: null })
                  }
                />
                {t.of(integer(samples.count))}
              </span>
            )}
          </div>
          <Filter samples={samples} list={list} address={address} />
        </>
      )}
      {!isImage ? (
        <PointPad
          samples={samples}
          items={list.items}
          at={isOwn ? null : at}
          point={address.point ?? props.point}
          onPoint={(point) => change({ point })}
          onSample={go}
        />
      ) : isOwn ? (
        <DrawPad shape={samples.shape} pixels={props.pixels} onPixels={props.onPixels} />
      ) : (
        <Thumbnails samples={samples} list={list} at={at} go={go} />
      )}
    </Card>
  );
}

/** The index of a sample by its number, which begins with 1. */
const placeOf = (number: number, count: number): number => Math.min(Math.max(Math.round(number), 1), count) - 1;

/** Which samples are listed. */
function Filter({ samples, list, address: { label, isWrong } }: Pick<SampleCardProps, 'samples' | 'list' | 'address'>) {
  const id = useId();
  return (
    <div className="row forward-turn">
      <span className="forward-tool">
        <label htmlFor={id}>{t.class}</label>
        <select
          id={id}
          value={label ?? ''}
          onChange={({ target: { value } }) => list.filter({ label: value === '' ? null : Number(value), isWrong })}
        >
          <option value="">{t.all}</option>
          {samples.classNames.map((name, index) => (
            <option key={name} value={index}>
              {name}
            </option>
          ))}
        </select>
      </span>
      <label className="forward-tool">
        <input
          type="checkbox"
          checked={isWrong}
          onChange={({ target: { checked } }) => list.filter({ label, isWrong: checked })}
        />
        {t.onlyWrong}
      </label>
      {list.isFiltered && (
        <output className="muted">
          {list.isSearching
            ? t.searching
            : list.hasMore
              ? t.foundSoFar(integer(list.items.length))
              : t.found(integer(list.items.length))}
        </output>
      )}
      {list.error !== null && <Problem title={forwardText.failed} error={list.error} />}
    </div>
  );
}

interface ThumbnailsProps {
  samples: ForwardSamples;
  list: SampleList;
  at: number;
  go: (sample: number) => void;
}

/** The images of a page, and the way to the others. */
function Thumbnails({ samples: { count, classNames }, list, at, go }: ThumbnailsProps) {
  // Without a filter, the list is a page.
  const place = list.isFiltered
    ? Math.max(
        0,
        list.items.findLastIndex(({ index }) => index <= at),
      )
    : at;
  const page = Math.floor(place / pageSize);
  const shown = list.isFiltered ? list.items.slice(page * pageSize, (page + 1) * pageSize) : list.items;
  const start = (number: number) => (list.isFiltered ? list.items[number * pageSize]?.index : number * pageSize);
  const [earlier, later = count] = [page === 0 ? undefined : start(page - 1), start(page + 1)];
  const isLast = later >= count && list.more === null;
  return (
    <>
      <ul className="forward-samples" aria-label={t.images}>
        {shown.map(({ index, label, predicted, png }) => {
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
        <Button small blocked={earlier === undefined} onClick={() => earlier !== undefined && go(earlier)}>
          {t.earlier}
        </Button>
        <Button small blocked={isLast} onClick={() => (later < count ? go(later) : list.more?.())}>
          {t.later}
        </Button>
      </div>
    </>
  );
}
