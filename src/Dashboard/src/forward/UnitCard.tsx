import { useState } from 'react';
import { Card } from '../design/Card';
import { Choice } from '../design/Choice';
import { StepPlayer } from '../labs/StepPlayer';
import { shape } from '../text/format';
import { forwardText } from '../text/forward';
import type { Place } from './address';
import { Computation } from './Computation';
import { MapView } from './MapView';
import { gridOf, isMap, pictureOf } from './pictures';
import { TermTable } from './TermTable';
import type { ForwardPass, LayerOutput, UnitTrace } from './types';

const t = forwardText.unit;

interface UnitCardProps {
  pass: ForwardPass;
  layer: LayerOutput;
  place: Place;
  /** The unit's computation; undefined before the first answer. */
  unit: UnitTrace | undefined;
  following: readonly UnitTrace[];
  onPick: (place: Place) => void;
}

const views = [
  { value: 'picture', label: t.picture },
  { value: 'table', label: t.table },
] as const;

/** A unit of a layer: where it is, and how its value comes about. Steps along the map. */
export function UnitCard({ pass, layer, place, unit, following, onPick }: UnitCardProps) {
  const [view, setView] = useState<'picture' | 'table'>('picture');
  const picture = pictureOf(layer, place.channel);
  const [rows, columns] = gridOf(layer);
  const hasMaps = isMap(layer);
  const picked = hasMaps
    ? ([place.row, place.column] as const)
    : ([Math.floor(place.channel / columns), place.channel % columns] as const);
  const count = hasMaps ? rows * columns : (layer.shape[0] ?? 1);
  const go = (step: number) =>
    onPick(
      hasMaps
        ? { ...place, row: Math.floor(step / columns), column: step % columns }
        : { ...place, channel: step, row: 0, column: 0 },
    );
  const step = picked[0] * columns + picked[1];
  const source = [pass.input, ...pass.layers].find(({ name }) => name === layer.from);
  return (
    <Card
      title={t.title(layer.name)}
      className="forward-unit"
      actions={<Choice label={t.view} value={view} options={views} onChange={setView} />}
    >
      <p className="card-note">
        {shape(source?.shape ?? [])} → {shape(layer.shape)}
        {layer.window !== null &&
          ` · ${t.window.formula(layer.window.size, layer.window.stride, layer.window.padding, layer.window.dilation)}`}
      </p>
      <StepPlayer last={count - 1} step={step} onStep={go} caption={t.counter(step + 1, count)} pace={400} />
      <div className="forward-stage">
        {picture !== null && (
          <figure>
            <MapView
              picture={picture}
              most={224}
              label={hasMaps ? t.map(layer.name, place.channel + 1) : forwardText.network.units(layer.name)}
              picked={picked}
              onPick={(row, column) => go(row * columns + column)}
            />
            <figcaption>
              {hasMaps ? t.place(place.channel + 1, place.row + 1, place.column + 1) : t.vector(place.channel + 1)}
            </figcaption>
          </figure>
        )}
        {unit !== undefined &&
          (view === 'table' ? (
            <TermTable unit={unit} />
          ) : (
            <Computation pass={pass} layer={layer} source={source} unit={unit} following={following} />
          ))}
      </div>
    </Card>
  );
}
