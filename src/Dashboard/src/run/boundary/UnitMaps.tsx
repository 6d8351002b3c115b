import { memo, useMemo } from 'react';
import type { components } from '../../api/schema';
import { text } from '../../text/text';
import type { ShownUnit } from './BoundaryPlot';
import { unitField } from './paint';

type HiddenUnits = components['schemas']['HiddenUnits'];

/** A hidden unit: its layer, and its place in it from 0. */
export interface UnitId {
  readonly layer: string;
  readonly unit: number;
}

/** A chosen unit, ready to be drawn; null if there is none of it. */
export function unitOf(hidden: readonly HiddenUnits[], chosen: UnitId | null): ShownUnit | null {
  const layer = hidden.find((one) => one.layer === chosen?.layer);
  const map = chosen === null ? undefined : layer?.maps[chosen.unit];
  return chosen === null || layer === undefined || map === undefined
    ? null
    : { name: nameOf(chosen), field: unitField(map, layer.width, layer.height) };
}

const nameOf = ({ layer, unit }: UnitId): string => text.boundary.unit(layer, unit + 1);

interface UnitMapsProps {
  hidden: readonly HiddenUnits[];
  chosen: UnitId | null;
  onChoose: (unit: UnitId | null) => void;
}

/** The outputs of hidden units over the plane as thumbnails; the chosen one is drawn large instead of the prediction. */
export const UnitMaps = ({ hidden, chosen, onChoose }: UnitMapsProps) => (
  <section className="unit-layers stack tight" aria-labelledby="units-title">
    <h3 id="units-title">{text.boundary.units}</h3>
    {hidden.map(({ layer, units, width, height, maps }) => (
      <div key={layer}>
        <p className="muted">
          <span className="mono">{layer}</span>
          {units > maps.length && ` · ${text.boundary.someUnits(maps.length, units)}`}
        </p>
        <ul className="unit-maps">
          {maps.map((map, unit) => {
            const id = { layer, unit };
            const isChosen = chosen?.layer === layer && chosen.unit === unit;
            return (
              <li key={nameOf(id)}>
                <button
                  type="button"
                  aria-pressed={isChosen}
                  aria-label={nameOf(id)}
                  title={nameOf(id)}
                  onClick={() => onChoose(isChosen ? null : id)}
                >
                  <UnitImage map={map} width={width} height={height} />
                </button>
              </li>
            );
          })}
        </ul>
      </div>
    ))}
    <p className="card-note">{text.boundary.unitsNote}</p>
  </section>
);

const UnitImage = memo(function UnitImage({ map, width, height }: { map: string; width: number; height: number }) {
  const field = useMemo(() => unitField(map, width, height), [map, width, height]);
  return <img src={field} alt="" />;
});
