import type { ParameterDefinition } from '../../api/types';
import { isObject, type Json } from '../../json/pointer';

/** A setting that varies, as a study has it. Bounds that are being typed may be anything; the service checks them. */
export interface Varied {
  readonly name: string;
  readonly pointers: readonly string[];
  readonly kind: 'float' | 'int' | 'categorical';
  readonly low?: Json;
  readonly high?: Json;
  readonly log?: boolean;
  readonly step?: Json;
  readonly points?: Json;
  readonly values?: readonly Json[];
  readonly when?: { readonly parameter: string; readonly in: readonly Json[] };
}

/** How the values of a number are given. */
export type Spread = 'list' | 'range' | 'log';

/** Values of a range in a grid, until a person says how many. */
export const gridPoints = 5;

export const spreadOf = ({ kind, log }: Varied): Spread =>
  kind === 'categorical' ? 'list' : log === true ? 'log' : 'range';

export const isEqual = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

type Bounds = Pick<ParameterDefinition, 'kind' | 'minimum' | 'minimumExclusive' | 'maximum' | 'maximumExclusive'>;
type Start = Omit<Varied, 'name' | 'pointers'>;

/** What a number varies over at first: around its present value, on the scale that is usual for it. */
export function startOf(definition: Bounds, present: Json | undefined): Start {
  const value = typeof present === 'number' ? present : null;
  if (definition.kind === 'integer') {
    const around = value === null || value === 0 ? [1, 2, 4] : [value / 2, value, value * 2];
    return { kind: 'categorical', values: [...new Set(around.map((one) => clipped(Math.round(one), definition)))] };
  }
  if (value !== null && value > 0 && !isShare(definition)) {
    return {
      kind: 'float',
      low: clipped(brief(value / 10), definition),
      high: clipped(brief(value * 10), definition),
      log: true,
    };
  }
  const low = inside(definition.minimum ?? 0, definition.minimumExclusive, definition);
  const high = inside(definition.maximum ?? Math.max(1, (value ?? 0) * 2), definition.maximumExclusive, definition);
  return { kind: 'float', low, high };
}

const isShare = ({ minimum, maximum }: Bounds): boolean => minimum === 0 && maximum === 1;

/** Without the noise of floating-point division. */
const brief = (value: number): number => Number(value.toPrecision(4));

const clipped = (value: number, { minimum, maximum }: Bounds): number =>
  Math.min(Math.max(value, minimum ?? value), maximum ?? value);

/** A bound that may itself be a value: the next tenth or hundredth of the range where it is exclusive. */
function inside(bound: number, isExclusive: boolean, { minimum, maximum }: Bounds): number {
  if (!isExclusive) {
    return bound;
  }
  const part = ((maximum ?? bound + 1) - (minimum ?? bound - 1)) / 100;
  return brief(bound === minimum ? bound + part : bound - 10 * part);
}

/** The same setting over a list or a range: the values in between, or the ends. */
export function withSpread(parameter: Varied, spread: Spread, isInteger: boolean, inGrid: boolean): Varied {
  const { values, low, high, log, step, points, ...rest } = parameter;
  if (spread === 'list') {
    const known = values ?? between(low, high, log === true, isInteger);
    return { ...rest, kind: 'categorical', values: known };
  }
  const numbers = (values ?? [low, high]).filter((value) => typeof value === 'number');
  const [least, most] = numbers.length === 0 ? [low, high] : [Math.min(...numbers), Math.max(...numbers)];
  const isOne = least === most && typeof least === 'number';
  return {
    ...rest,
    kind: isInteger ? 'int' : 'float',
    ...(isOne
      ? around(least, isInteger)
      : { ...(least === undefined ? {} : { low: least }), ...(most === undefined ? {} : { high: most }) }),
    ...(spread === 'log' ? { log: true } : step === undefined ? {} : { step }),
    ...(points !== undefined ? { points } : inGrid ? { points: gridPoints } : {}),
  };
}

const around = (value: number, isInteger: boolean) => {
  const [low, high] = value === 0 ? [0, 1] : value > 0 ? [value / 10, value * 10] : [value * 10, value / 10];
  return isInteger ? { low: Math.round(low), high: Math.round(high) } : { low: brief(low), high: brief(high) };
};

function between(low: Json | undefined, high: Json | undefined, log: boolean, isInteger: boolean): Json[] {
  if (typeof low !== 'number' || typeof high !== 'number') {
    return [low, high].filter((value) => value !== undefined);
  }
  const middle = log && low > 0 ? Math.sqrt(low * high) : (low + high) / 2;
  const values = [low, isInteger ? Math.round(middle) : brief(middle), high];
  return [...new Set(values)];
}

/** Whether the parameter takes its values from a list. */
export const isList = ({ kind }: Varied): boolean => kind === 'categorical';

/** The name of a technique among the values of a setting. */
export const techniqueOf = (value: Json): string | null =>
  typeof value === 'string' ? value : isObject(value) && typeof value.name === 'string' ? value.name : null;
