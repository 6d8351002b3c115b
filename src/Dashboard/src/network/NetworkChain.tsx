import { useMemo } from 'react';
import type { LayerRow } from '../api/types';
import { Icon } from '../design/Icon';
import { integer, shape, short } from '../text/format';
import { text } from '../text/text';
import { chainOf, type Link } from './chain';
import { settingsOf, weightedLayers } from './graph';
import './network.css';

const t = text.layers.graph;

/** The network as a compact chain from the input to the output: kinds, shapes and parameters. */
export function NetworkChain({ layers }: { layers: readonly LayerRow[] }) {
  const links = useMemo(() => chainOf(layers), [layers]);
  const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0);
  return (
    <>
      <ol className="chain" aria-label={t.chain}>
        <li className="chain-end">
          <b>{t.input}</b>
          <span>{shape(layers[0]?.input ?? [])}</span>
        </li>
        {links.map((link) => (
          <ChainBox key={link.layer.name} link={link} isOutput={link.layer.name === 'output'} />
        ))}
      </ol>
      <p className="card-note">
        {t.parameters(integer(parameters))} · {t.weighted(weightedLayers(layers))}
      </p>
    </>
  );
}

function ChainBox({ link, isOutput }: { link: Link; isOutput: boolean }) {
  const { layer, role, folded, output, parameters, depth } = link;
  const title = [layer, ...folded].map((one) => `${one.name}: ${settingsOf(one)}`).join('\n');
  return (
    <li className={`chain-box network-${role}`} data-depth={Math.min(depth, 2)} title={title}>
      <span className="chain-arrow">
        <Icon shape="next" />
      </span>
      <b>{isOutput ? t.output : headOf(layer)}</b>
      <span>{shape(output)}</span>
      {folded.map((one) => (
        <small key={one.name}>{foldedName(one)}</small>
      ))}
      {parameters > 0 && (
        <small className="chain-parameters" title={t.parameters(integer(parameters))}>
          {short(parameters)}
        </small>
      )}
    </li>
  );
}

/** Conv 32, Dense 64, Pool. */
function headOf({ kind, output }: LayerRow): string {
  const name = t.short[kind] ?? kind;
  return kind === 'conv' || kind === 'dense' ? `${name} ${output[0]}` : name;
}

/** BN, relu, dropout 0.2. */
function foldedName(layer: LayerRow): string {
  const name = t.short[layer.kind] ?? layer.kind;
  const settings = settingsOf(layer);
  return layer.kind === 'activation'
    ? settings
    : layer.kind === 'dropout'
      ? `${name} ${/[\d.]+/.exec(settings)?.[0] ?? ''}`
      : name;
}
