import { DenseSum } from './DenseSum';
import { isMap } from './pictures';
import { Steps } from './Steps';
import type { ForwardPass, LayerOutput, UnitTrace } from './types';
import { WindowSum } from './WindowSum';

interface ComputationProps {
  pass: ForwardPass;
  layer: LayerOutput;
  /** What the layer gets. */
  source: LayerOutput | undefined;
  unit: UnitTrace;
  following: readonly UnitTrace[];
}

/** How a unit's value comes about, as its layer does it, and what becomes of it. */
export function Computation({ pass, layer, source, unit, following }: ComputationProps) {
  return (
    <div className="forward-computation stack tight">
      {(unit.kind === 'conv' || unit.kind === 'pool' || unit.kind === 'global_pool') && source !== undefined && (
        <WindowSum layer={layer} source={source} unit={unit} />
      )}
      {unit.kind === 'dense' && (
        <DenseSum unit={unit} map={mapBefore(pass, source)} isFirst={source?.kind === 'input'} />
      )}
      <Steps unit={unit} following={following} />
    </div>
  );
}

/** The map that a vector was made from, where values of the vector have a place in it. */
function mapBefore(pass: ForwardPass, vector: LayerOutput | undefined): LayerOutput | null {
  let at = vector;
  while (at !== undefined && ['flatten', 'activation', 'batch_norm', 'dropout'].includes(at.kind)) {
    const before = [pass.input, ...pass.layers].find(({ name }) => name === at?.from);
    if (before !== undefined && isMap(before)) {
      return at.kind === 'flatten' ? before : null;
    }
    at = before;
  }
  return null;
}
