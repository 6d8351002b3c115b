import { useMemo } from 'react';
import { classColor } from '../charts/colormap';
import { useWidth } from '../charts/useWidth';
import { text } from '../text/text';
import type { Opened, SessionFrame, UnitMap } from './messages';
import { columnsOf, layoutOf } from './networkLayout';
import type { Feature } from './settings';
import { unitImage } from './unitImage';

const t = text.playground;

interface NetworkPictureProps {
  opened: Opened;
  frame: SessionFrame;
  features: readonly Feature[];
}

/** The network: what each unit answers over the plane, and the weights as lines, thicker for larger ones. */
export function NetworkPicture({
  opened: { inputs, classNames },
  frame: { layers, weights },
  features,
}: NetworkPictureProps) {
  const [host, width] = useWidth<HTMLDivElement>();
  const columns = columnsOf(inputs, layers, classNames.length);
  const { unit, height, units, connections } = layoutOf(columns, weights, Math.max(width, columns.length * 52));
  const drawn = [inputs, ...layers];
  return (
    <div ref={host} className="network-picture scroll">
      {width > 0 && (
        <svg
          width={Math.max(width, columns.length * 52)}
          height={height}
          role="img"
          aria-label={t.pictureLabel(layers.map((layer) => layer.units).join(', '), classNames.length)}
        >
          {connections.map(({ key, path, weight }) => (
            <path
              key={key}
              d={path}
              className={weight < 0 ? 'weight weight-negative' : 'weight'}
              strokeWidth={Math.min(0.4 + 1.6 * Math.abs(weight), 7)}
            />
          ))}
          {units.map(({ key, column, index, x, y }) => {
            const layer = drawn[column];
            const map = layer?.maps[index];
            const name =
              layer == null
                ? t.classOf(classNames[index] ?? '')
                : column === 0
                  ? t.features[features[index] ?? 'x1']
                  : t.unit(layer.name, index + 1);
            return map === undefined ? (
              <circle key={key} cx={x} cy={y} r={unit / 3.2} fill={classColor(index)}>
                <title>{name}</title>
              </circle>
            ) : (
              <g key={key} transform={`translate(${x - unit / 2} ${y - unit / 2})`}>
                <title>{t.unitScale(name, map.scale.toPrecision(3))}</title>
                <Picture map={map} side={layer?.side ?? 1} size={unit} />
                <rect className="unit-frame" width={unit} height={unit} rx="4" />
                {column === 0 && (
                  <text className="unit-name" x="-8" y={unit / 2} textAnchor="end" dominantBaseline="central">
                    {name}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}

function Picture({ map: { values }, side, size }: { map: UnitMap; side: number; size: number }) {
  const href = useMemo(() => unitImage(values, side), [values, side]);
  return <image href={href} width={size} height={size} preserveAspectRatio="none" />;
}
