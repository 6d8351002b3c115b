import { type Ref, useMemo } from 'react';
import type { LayerRow } from '../api/types';
import { useWidth } from '../charts/useWidth';
import { ScrollRegion } from '../design/ScrollRegion';
import { integer, shape } from '../text/format';
import { text } from '../text/text';
import { drawingOf, type NetworkDrawing, type PlacedLayer, type Shortcut, sizes } from './graph';
import './network.css';

const t = text.layers.graph;
const widest = 460;
const laneWidth = 18;
const characterWidth = 6.6;
const headWidth = 7.4;

/** The network from top to bottom: layers, the shapes of their outputs, and shortcuts. */
export function NetworkGraph({ layers, ref }: { layers: readonly LayerRow[]; ref?: Ref<SVGSVGElement> }) {
  const [host, available] = useWidth<HTMLDivElement>();
  const width = Math.min(available, widest);
  const drawing = useMemo(() => drawingOf(layers, Math.floor((width - 70) / characterWidth)), [layers, width]);
  const gutter = drawing.lanes === 0 ? 0 : drawing.lanes * laneWidth + 6;
  const input = layers[0]?.input ?? [];
  const output = layers.at(-1)?.output ?? [];
  const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0);
  return (
    <ScrollRegion className="network-scroll" label={t.label}>
      <div ref={host}>
        {width > 0 && (
          <svg
            ref={ref}
            className="network"
            width={width}
            height={drawing.height}
            role="img"
            aria-label={t.describe(
              layers.length,
              shape(input),
              shape(output),
              integer(parameters),
              drawing.shortcuts.length,
            )}
          >
            <Terminal top={0} left={gutter} width={width} label={t.input} />
            <Edge top={sizes.terminal} left={gutter} width={width} size={shape(input)} />
            {drawing.shortcuts.map((shortcut) => (
              <ShortcutPath key={shortcut.name} shortcut={shortcut} left={gutter} width={width} />
            ))}
            {drawing.layers.map((placed) => (
              <Layer key={placed.layer.name} placed={placed} left={gutter} width={width} parameters={parameters} />
            ))}
            <Terminal top={lastTop(drawing)} left={gutter} width={width} label={t.output} />
          </svg>
        )}
      </div>
    </ScrollRegion>
  );
}

const lastTop = ({ height }: NetworkDrawing): number => height - sizes.terminal;

interface Frame {
  left: number;
  width: number;
}

const middle = ({ left, width }: Frame): number => (left + width) / 2;

const Terminal = ({ top, label, ...frame }: Frame & { top: number; label: string }) => (
  <text className="network-terminal" x={middle(frame)} y={top + sizes.terminal / 2} textAnchor="middle">
    {label}
  </text>
);

/** The edge to the next layer, with the shape of the data. */
function Edge({ top, size, ...frame }: Frame & { top: number; size: string }) {
  const x = middle(frame);
  const end = top + sizes.edge - 1;
  return (
    <g className="network-edge">
      <path d={`M${x} ${top + 1}V${end} m-4 -5 l4 5 l4 -5`} />
      <text x={x + 12} y={top + sizes.edge / 2}>
        {size}
      </text>
    </g>
  );
}

function Layer({ placed, parameters, ...frame }: Frame & { placed: PlacedLayer; parameters: number }) {
  const { layer, role, top, height, lines } = placed;
  const { left, width } = frame;
  const room = width - left - 2;
  const x = middle(frame);
  const kind = t.kinds[layer.kind] ?? layer.kind;
  const cost = layer.parameters > 0 ? t.parameters(integer(layer.parameters)) : '';
  // The name begins with the kind; where there is no room, it is enough.
  const hasKind = (layer.name.length + kind.length + cost.length + 5) * headWidth < room;
  return (
    <g className={`network-layer network-${role}`}>
      {role === 'addition' ? (
        <>
          <circle cx={x} cy={top + height / 2} r={height / 2 - 1} />
          <path d={`M${x - 6} ${top + height / 2}h12 m-6 -6 v12`} />
          <text x={x + height / 2 + 8} y={top + height / 2} className="network-name">
            {layer.name}
          </text>
        </>
      ) : (
        <>
          <rect x={left + 1} y={top} width={room} height={height} rx="6" />
          <rect className="network-mark" x={left + 1} y={top} width="5" height={height} rx="2" />
          <text x={left + 16} y={top + sizes.head / 2} className="network-name">
            {layer.name}
            {hasKind && (
              <tspan className="network-kind" dx="8">
                {kind}
              </tspan>
            )}
          </text>
          {cost !== '' && (
            <text x={width - 12} y={top + sizes.head / 2} textAnchor="end" className="network-parameters">
              {cost}
            </text>
          )}
          {lines.map((line, index) => (
            <text
              key={line}
              x={left + 16}
              y={top + sizes.head + sizes.line * (index + 0.35)}
              className="network-settings"
            >
              {line}
            </text>
          ))}
          {layer.parameters > 0 && (
            <rect
              className="network-share"
              x={left + 6}
              y={top + height - 3}
              width={((room - 5) * layer.parameters) / parameters}
              height="3"
            />
          )}
        </>
      )}
      <Edge top={top + height} size={shape(layer.output)} {...frame} />
    </g>
  );
}

/** The shortcut of a residual layer around its inner layers. */
function ShortcutPath({ shortcut: { from, to, lane }, ...frame }: Frame & { shortcut: Shortcut }) {
  const x = middle(frame);
  const out = frame.left - 6 - lane * laneWidth - 8;
  const end = x - sizes.addition / 2;
  return (
    <path
      className="network-shortcut"
      d={`M${x} ${from}H${out + 8}Q${out} ${from} ${out} ${from + 8}V${to - 8}Q${out} ${to} ${out + 8} ${to}H${end} m-5 -4 l5 4 l-5 4`}
    />
  );
}
