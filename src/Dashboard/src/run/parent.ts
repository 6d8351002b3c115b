import type { components } from '../api/schema';
import { pointerLabel } from '../text/labels';
import { settingText } from '../text/settings';

type Comparison = components['schemas']['Comparison'];
type Value = components['schemas']['ParameterValue'];
export type Curve = Pick<Comparison['curves'][number], 'metric' | 'points'>;

/** A run beside the one that it was forked from. */
export interface ParentComparison {
  /** What the fork changed, such as Activation: Sigmoid → ReLU. */
  readonly changes: readonly { readonly label: string; readonly before: string; readonly after: string }[];
  /** The validation curves of the parent. */
  readonly curves: readonly Curve[];
  readonly bestAccuracy: number | null;
  readonly bestLoss: number | null;
}

/** The parent's side of a comparison of both. */
export function parentOf({ differences, curves, metrics }: Comparison, parent: string, fork: string): ParentComparison {
  const bestOf = (metric: string) =>
    metrics.find((one) => one.metric === metric)?.perRun.find(({ run }) => run === parent)?.best ?? null;
  const isReplaced = (pointer: string) =>
    differences.some(({ pointer: other }) => other === `${pointer.slice(0, pointer.lastIndexOf('/'))}/name`);
  return {
    changes: differences
      // A technique of another name has other parameters.
      .filter(({ pointer, values }) => pointer.endsWith('/name') || !isReplaced(pointer) || isSet(values, parent, fork))
      .map(({ pointer, label, values }) => ({
        label: pointerLabel(pointer, label),
        before: settingText(pointer, values[parent]),
        after: settingText(pointer, values[fork]),
      })),
    curves: curves.filter(({ run }) => run === parent),
    bestAccuracy: bestOf('validation_accuracy'),
    bestLoss: bestOf('validation_loss'),
  };
}

const isSet = (values: Readonly<Record<string, Value | null>>, ...runs: readonly string[]): boolean =>
  runs.every((run) => values[run] != null);
