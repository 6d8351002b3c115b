import { type ReactNode, useId } from 'react';
import { DownloadButtons, type ImageSource } from '../charts/download/DownloadMenu';
import { FullScreen } from '../charts/FullScreen';
import { Card } from '../design/Card';
import { Choice } from '../design/Choice';
import { DataTable } from '../design/DataTable';
import { useParam } from '../navigation/navigation';
import { text } from '../text/text';

type View = 'chart' | 'table';

type ChartCardProps = ImageSource & {
  title: string;
  view: View;
  onView: (view: View) => void;
  note?: string | undefined;
  /** Whether the chart grows with the card, and so can take the whole screen. */
  fillsScreen?: boolean;
  /** Controls of the chart. */
  tools?: ReactNode;
  children: ReactNode;
};

const options = [
  { value: 'chart', label: text.charts.asChart },
  { value: 'table', label: text.charts.asTable },
] as const;

/** A chart with its controls, its downloads, and its values as a table. */
export const ChartCard = ({
  title,
  view,
  onView,
  note,
  fillsScreen = false,
  tools,
  children,
  ...source
}: ChartCardProps) => (
  <Card
    title={title}
    actions={
      <>
        {view === 'chart' && <DownloadButtons chart={title} {...source} />}
        <Choice label={text.charts.viewOf(title)} value={view} options={options} onChange={onView} />
        {fillsScreen && view === 'chart' && <FullScreen chart={title} />}
      </>
    }
  >
    {tools !== undefined && <div className="compare-tools row">{tools}</div>}
    {children}
    {note !== undefined && <p className="card-note">{note}</p>}
  </Card>
);

/** Whether a card shows its chart or its table; kept in the URL. */
export function useCardView(card: string): [View, (view: View) => void] {
  const [value, set] = useParam(card);
  return [value === 'table' ? 'table' : 'chart', (next) => set(next === 'table' ? next : null)];
}

interface NumbersRow {
  readonly key: string;
  readonly cells: readonly ReactNode[];
}

interface NumbersTableProps {
  label: string;
  columns: readonly string[];
  rows: readonly NumbersRow[];
}

/** The values of a chart; the first column names the row. */
export const NumbersTable = ({ label, columns, rows }: NumbersTableProps) => (
  <DataTable
    label={label}
    className="numbers"
    rows={rows}
    rowKey={({ key }) => key}
    columns={columns.map((name, index) => ({
      name,
      cell: ({ cells }: NumbersRow) => cells[index],
      isRowHeader: index === 0,
      isNumber: index > 0,
    }))}
  />
);

interface PickProps {
  label: string;
  value: string;
  options: readonly { readonly id: string; readonly label: string }[];
  onChange: (id: string) => void;
}

/** A labelled select. */
export function Pick({ label, value, options: choices, onChange }: PickProps) {
  const id = useId();
  return (
    <span className="pick row muted">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        {choices.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
    </span>
  );
}
