import type { LayerRow, RunDetail, SpecCheck } from '../api/types';
import { useCheckpoints } from '../run/queries';

/** Whether a fork can start from the weights of its parent: not without a checkpoint, and not with another network. */
export type ParentWeights = 'none' | 'unfit' | 'fit';

export function useParentWeights(parent: RunDetail | undefined, check: SpecCheck | null): ParentWeights {
  const { data } = useCheckpoints(parent?.id ?? null);
  if (parent === undefined || data?.items.some(({ available }) => available) !== true) {
    return 'none';
  }
  return check?.valid === true && !areAlike(parent.layers, check.layers) ? 'unfit' : 'fit';
}

/** As the service decides: by the layers with weights. Dropout and activations may differ. */
function areAlike(parent: readonly LayerRow[], fork: readonly LayerRow[]): boolean {
  const weightsOf = (layers: readonly LayerRow[]) =>
    JSON.stringify(
      layers
        .filter(({ parameters }) => parameters > 0)
        .map(({ name, kind, input, output, parameters }) => [name, kind, input, output, parameters]),
    );
  return weightsOf(parent) === weightsOf(fork);
}
