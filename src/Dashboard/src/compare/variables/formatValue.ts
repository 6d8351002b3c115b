import { loss, percent, percentTick, tick } from '../../text/format';
import { text } from '../../text/text';
import { formatSetting } from '../words';
import type { Variable } from './variables';

/** A value of a variable, in full. */
export const formatValue = (variable: Variable, value: number | string | null): string =>
  value === null
    ? text.units.none
    : typeof value === 'string'
      ? value
      : variable.isShare
        ? percent(value)
        : variable.goal === null
          ? formatSetting(value)
          : loss(value);

/** A value at an axis: as short as can be. */
export const formatTick = (variable: Variable, value: number | string): string =>
  typeof value === 'string' ? value : variable.isShare ? percentTick(value) : tick(value);
