import type { BrokenLayer, LayerRow } from '../../api/types';
import { ScrollRegion } from '../../design/ScrollRegion';
import { integer, shape, short } from '../../text/format';
import { text } from '../../text/text';
import { settingsOf } from './settings';
import './network.css';

const { columns } = text.layers;

/** A layer that does not fit what comes before it, and why. */
export interface Broken {
  readonly layer: BrokenLayer;
  readonly reason: string;
}

interface LayerTableProps {
  layers: readonly LayerRow[];
  /** Where the table ends early. */
  broken?: Broken | undefined;
}

/** The layers with shapes and costs. */
export function LayerTable({ layers, broken }: LayerTableProps) {
  const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0);
  const flops = layers.reduce((sum, layer) => sum + layer.flops, 0);
  return (
    <>
      <ScrollRegion className="layers-scroll" label={text.layers.tableLabel}>
        <table className="table layers">
          <thead>
            <tr>
              <th scope="col">{columns.name}</th>
              <th scope="col">{columns.kind}</th>
              <th scope="col" className="num">
                {columns.output}
              </th>
              <th scope="col" className="num">
                {columns.parameters}
              </th>
              <th scope="col" className="num">
                {columns.flops}
              </th>
            </tr>
          </thead>
          <tbody>
            {layers.map((layer) => (
              <tr key={layer.name}>
                <th scope="row" className="mono">
                  {layer.name}
                </th>
                <td>
                  {layer.kind}
                  {layer.settings !== '' && <small>{settingsOf(layer)}</small>}
                </td>
                <td className="num">{shape(layer.output)}</td>
                <td className="num">{layer.parameters === 0 ? text.units.none : integer(layer.parameters)}</td>
                <td className="num">{layer.flops === 0 ? text.units.none : short(layer.flops)}</td>
              </tr>
            ))}
            {broken !== undefined && (
              <tr className="layer-broken" data-broken={broken.layer.name}>
                <th scope="row" className="mono">
                  {broken.layer.name}
                </th>
                <td colSpan={4}>
                  {broken.layer.kind}: {text.layers.doesNotFit(shape(broken.layer.input))}
                  <small>{broken.reason}</small>
                </td>
              </tr>
            )}
          </tbody>
          {broken === undefined && (
            <tfoot>
              <tr>
                <th scope="row" colSpan={3}>
                  {text.layers.total}
                </th>
                <td className="num">{integer(parameters)}</td>
                <td className="num">{short(flops)}</td>
              </tr>
            </tfoot>
          )}
        </table>
      </ScrollRegion>
      <p className="card-note">{text.layers.flopsNote}</p>
    </>
  );
}
