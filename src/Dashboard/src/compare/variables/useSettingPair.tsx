import type { ReactNode } from 'react';
import { useParam } from '../../navigation/navigation';
import { text } from '../../text/text';
import { Pick } from '../ChartCard';
import { type Variable, variableById } from './variables';

/** Two different settings, which a map has as its axes; with the controls that choose them. */
interface SettingPair {
  readonly column: Variable;
  readonly row: Variable;
  readonly picks: ReactNode;
}

/** The settings chosen in the address, or the first two; null where there are fewer. */
export function useSettingPair(settings: readonly Variable[]): SettingPair | null {
  const [columnId, setColumn] = useParam('hx');
  const [rowId, setRow] = useParam('hy');
  const column = variableById(settings, columnId, '');
  const others = settings.filter(({ id }) => id !== column?.id);
  const row = variableById(others, rowId, '');
  if (column === undefined || row === undefined) {
    return null;
  }
  const { horizontal, vertical } = text.compare.scatter;
  const picks = (
    <>
      <Pick label={horizontal} value={column.id} options={settings} onChange={setColumn} />
      <Pick label={vertical} value={row.id} options={others} onChange={setRow} />
    </>
  );
  return { column, row, picks };
}
