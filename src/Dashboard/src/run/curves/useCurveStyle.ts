import { useMemo } from 'react';
import { useSearch } from '../../shell/navigation';
import { asXAxis, type XAxis } from './axis';
import type { CurveStyle } from './curves';

const most = 0.95;

/** How all curves of the page are drawn; kept in the address. */
export function useCurveStyle(): {
  style: CurveStyle;
  setAxis: (axis: XAxis) => void;
  setSmoothing: (weight: number) => void;
} {
  const [search, update] = useSearch();
  const axis = asXAxis(search.get('x'));
  const weight = Number(search.get('smooth') ?? 0);
  const smoothing = Number.isFinite(weight) ? Math.min(Math.max(weight, 0), most) : 0;
  const style = useMemo(() => ({ axis, smoothing }), [axis, smoothing]);
  return {
    style,
    setAxis: (next) => update((params) => (next === 'epoch' ? params.delete('x') : params.set('x', next))),
    setSmoothing: (next) =>
      update((params) => (next === 0 ? params.delete('smooth') : params.set('smooth', String(next)))),
  };
}
