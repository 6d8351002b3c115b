import { type KeyboardEvent, useMemo } from 'react';
import { Card } from '../design/Card';
import { classes } from '../design/classes';
import { ScrollRegion } from '../design/ScrollRegion';
import { brief, percent, shape } from '../text/format';
import { forwardText } from '../text/forward';
import { type Place, softmax } from './address';
import { MapView } from './MapView';
import { PixelCanvas } from './PixelCanvas';
import { gridOf, isMap, type Picture, pictureOf, pixelsOf, scaleOf } from './pictures';
import type { ForwardPass, LayerOutput } from './types';

const t = forwardText.network;

/** Units of a vector that are drawn as bars. */
const mostBars = 32;

interface NetworkCardProps {
  pass: ForwardPass;
  place: Place | null;
  onPick: (place: Place) => void;
}

/** The network from the input to the softmax: the values of every layer, each a way to its units. */
export function NetworkCard({ pass, place, onPick }: NetworkCardProps) {
  return (
    <Card title={t.title}>
      <ScrollRegion className="forward-row scroll" label={t.row}>
        <ol>
          {[pass.input, ...pass.layers].map((layer) => (
            <li key={layer.name} className={classes('forward-layer', place?.layer === layer.name && 'is-open')}>
              <strong className="mono">{layer.kind === 'input' ? t.input : layer.name}</strong>
              <small>{shape(layer.shape)}</small>
              <small>{t.scale(brief(scaleOf(layer)))}</small>
              {isMap(layer) ? (
                <Maps layer={layer} place={place} onPick={onPick} />
              ) : layer.values !== null && layer.values.length <= mostBars ? (
                <Bars layer={layer} values={layer.values} place={place} onPick={onPick} />
              ) : (
                <Units layer={layer} place={place} onPick={onPick} />
              )}
            </li>
          ))}
          <li className={classes('forward-layer', place?.layer === softmax && 'is-open')}>
            <strong className="mono">{softmax}</strong>
            <small>{shape([pass.probabilities.length])}</small>
            <ul className="forward-classes">
              {pass.classNames.map((name, label) => (
                <li key={name}>
                  <button
                    type="button"
                    aria-pressed={place?.layer === softmax && place.channel === label}
                    onClick={() => onPick({ layer: softmax, channel: label, row: 0, column: 0 })}
                  >
                    <span>{name}</span> <small>{percent(pass.probabilities[label])}</small>
                  </button>
                </li>
              ))}
            </ul>
          </li>
        </ol>
      </ScrollRegion>
      <p className="card-note">{t.note}</p>
    </Card>
  );
}

interface LayerProps {
  layer: LayerOutput;
  place: Place | null;
  onPick: (place: Place) => void;
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/** Arrow keys go from one button of a group to the next, and press it. */
const move = (event: KeyboardEvent<HTMLElement>) => {
  const step = steps[event.key];
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const next = buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + (step ?? 0)];
  if (step !== undefined && next !== undefined) {
    event.preventDefault();
    next.focus();
    next.click();
  }
};

/** The channels of a layer, one stop of the tab key. The input has nothing to explain. */
function Maps({ layer, place, onPick }: LayerProps) {
  const pictures = useMemo(() => layer.maps.flatMap((_, channel) => pictureOf(layer, channel) ?? []), [layer]);
  const chosen = place?.layer === layer.name ? place : null;
  const [count = 0, rows = 1, columns = 1] = layer.shape;
  const pick = (channel: number) =>
    onPick({
      layer: layer.name,
      channel,
      // Where another unit was looked at already, the same place of the map.
      row: Math.min(chosen?.row ?? Math.floor(rows / 2), rows - 1),
      column: Math.min(chosen?.column ?? Math.floor(columns / 2), columns - 1),
    });
  return (
    <>
      <fieldset
        className={pictures.length > 64 ? 'forward-maps forward-maps-many' : 'forward-maps'}
        aria-label={t.channels(layer.name)}
        onKeyDown={move}
      >
        {pictures.map((picture, channel) =>
          layer.from === null ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a channel is its index.
            <MapView key={channel} picture={picture} most={44} label={t.channel(t.input, channel + 1)} />
          ) : (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a channel is its index.
              key={channel}
              type="button"
              aria-label={t.channel(layer.name, channel + 1)}
              aria-pressed={chosen?.channel === channel}
              tabIndex={channel === (chosen?.channel ?? 0) ? 0 : -1}
              onClick={() => pick(channel)}
            >
              <Thumbnail picture={picture} />
            </button>
          ),
        )}
      </fieldset>
      {pictures.length < count && <small>{t.more(pictures.length, count)}</small>}
    </>
  );
}

function Thumbnail({ picture }: { picture: Picture }) {
  const pixels = useMemo(() => pixelsOf(picture), [picture]);
  return <PixelCanvas rows={picture.rows} columns={picture.columns} pixels={pixels} />;
}

/** The units of a short vector as bars about zero with their values, one stop of the tab key. */
function Bars({ layer, values, place, onPick }: LayerProps & { values: readonly number[] }) {
  const scale = scaleOf(layer);
  const picked = place?.layer === layer.name ? place.channel : null;
  const barOf = (value: number, unit: number) => (
    <>
      <span className="visually-hidden">{t.unit}</span> <small>{unit + 1}</small>{' '}
      <span className="forward-share">
        <span data-negative={value < 0} style={{ width: `${scale === 0 ? 0 : (50 * Math.abs(value)) / scale}%` }} />
      </span>
      <span className="num">{brief(value)}</span>
    </>
  );
  return layer.from === null ? (
    <ol className="forward-units">
      {values.map((value, unit) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a unit is its index.
        <li key={unit}>{barOf(value, unit)}</li>
      ))}
    </ol>
  ) : (
    <fieldset className="forward-units" aria-label={t.unitsOf(layer.name)} onKeyDown={move}>
      {values.map((value, unit) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: a unit is its index.
          key={unit}
          type="button"
          aria-pressed={picked === unit}
          tabIndex={unit === (picked ?? 0) ? 0 : -1}
          onClick={() => onPick({ layer: layer.name, channel: unit, row: 0, column: 0 })}
        >
          {barOf(value, unit)}
        </button>
      ))}
    </fieldset>
  );
}

/** The units of a vector in one picture. */
function Units({ layer, place, onPick }: LayerProps) {
  const picture = useMemo(() => pictureOf(layer, 0), [layer]);
  const [, columns] = gridOf(layer);
  const channel = place?.layer === layer.name ? place.channel : null;
  return picture === null ? null : (
    <MapView
      picture={picture}
      most={picture.columns === 1 ? 14 * picture.rows : 150}
      label={t.units(layer.kind === 'input' ? t.input : layer.name)}
      picked={channel === null ? undefined : [Math.floor(channel / columns), channel % columns]}
      onPick={
        layer.from === null
          ? undefined
          : (row, column) => onPick({ layer: layer.name, channel: row * columns + column, row: 0, column: 0 })
      }
    />
  );
}
