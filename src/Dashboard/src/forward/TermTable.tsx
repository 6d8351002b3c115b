import { type DataColumn, DataTable } from '../design/DataTable';
import { tick } from '../text/format';
import { forwardText } from '../text/forward';
import type { UnitTerm, UnitTrace } from './types';

const t = forwardText.unit.columns;

const places: readonly DataColumn<UnitTerm>[] = [
  { name: t.channel, cell: ({ channel }) => channel + 1, isNumber: true },
  { name: t.row, cell: ({ row }) => row + 1, isNumber: true },
  { name: t.column, cell: ({ column }) => column + 1, isNumber: true },
  { name: t.value, cell: ({ value }) => tick(value), isNumber: true },
];

const products: readonly DataColumn<UnitTerm>[] = [
  { name: t.weight, cell: ({ weight }) => (weight === null ? '' : tick(weight)), isNumber: true },
  { name: t.product, cell: ({ value, weight }) => (weight === null ? '' : tick(value * weight)), isNumber: true },
];

/** Every value that a unit is computed from. */
export const TermTable = ({ unit: { terms } }: { unit: UnitTrace }) => (
  <DataTable
    label={forwardText.unit.table}
    className="scroll forward-terms"
    columns={terms[0]?.weight === null ? places : [...places, ...products]}
    rows={terms}
    rowKey={({ channel, row, column }) => `${channel} ${row} ${column}`}
  />
);
