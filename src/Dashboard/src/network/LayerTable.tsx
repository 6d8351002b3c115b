import type { BrokenLayer, LayerRow } from '../api/types';
import { DataTable } from '../design/DataTable';
import { integer, shape, short } from '../text/format';
import { text } from '../text/text';
import { settingsOf } from './graph';
import './network.css';

const { columns } = text.layers;
const kinds: Readonly<Record<string, string>> = text.layers.graph.kinds;
const kindOf = (kind: string): string => kinds[kind] ?? kind;

/** A layer that does not fit its input, and why. */
export interface Broken {
  readonly layer: BrokenLayer;
  readonly reason: string;
}

interface LayerTableProps {
  layers: readonly LayerRow[];
  /** The layer at which the table ends early. */
  broken?: Broken | undefined;
}

/** The layers with shapes and costs. */
export function LayerTable({ layers, broken }: LayerTableProps) {
  const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0);
  const flops = layers.reduce((sum, layer) => sum + layer.flops, 0);
  return (
    <>
      <DataTable
        label={text.layers.tableLabel}
        className="layers-scroll scroll"
        tableClassName="layers"
        rows={layers}
        rowKey={({ name }) => name}
        columns={[
          { name: columns.name, cell: ({ name }) => name, isRowHeader: true, className: 'mono' },
          {
            name: columns.kind,
            cell: (layer) => (
              <>
                {kindOf(layer.kind)}
                {layer.settings !== '' && <small>{settingsOf(layer)}</small>}
              </>
            ),
          },
          { name: columns.output, cell: ({ output }) => shape(output), isNumber: true },
          {
            name: columns.parameters,
            cell: (layer) => (layer.parameters === 0 ? text.units.none : integer(layer.parameters)),
            isNumber: true,
          },
          {
            name: columns.flops,
            cell: (layer) => (layer.flops === 0 ? text.units.none : short(layer.flops)),
            isNumber: true,
          },
        ]}
        lastRows={
          broken !== undefined && (
            <tr className="layer-broken" data-broken={broken.layer.name}>
              <th scope="row" className="mono">
                {broken.layer.name}
              </th>
              <td colSpan={4}>
                {kindOf(broken.layer.kind)}: {text.layers.doesNotFit(shape(broken.layer.input))}
                <small>{broken.reason}</small>
              </td>
            </tr>
          )
        }
        foot={
          broken === undefined && (
            <tr>
              <th scope="row" colSpan={3}>
                {text.layers.total}
              </th>
              <td className="num">{integer(parameters)}</td>
              <td className="num">{short(flops)}</td>
            </tr>
          )
        }
      />
      <p className="card-note">{text.layers.flopsNote}</p>
    </>
  );
}
