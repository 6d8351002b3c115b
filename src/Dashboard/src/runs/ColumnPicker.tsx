import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { Button } from '../design/Button';
import { Dialog } from '../design/Dialog';
import { text } from '../text/text';
import { type ColumnId, choicesOf, defaultColumns, titleOf } from './columns';

interface ColumnPickerProps {
  columns: readonly ColumnId[];
  onChange: (columns: readonly ColumnId[]) => void;
  onClose: () => void;
}

/** Selects the columns of the table, including all metrics and parameters of the runs. */
export function ColumnPicker({ columns, onChange, onClose }: ColumnPickerProps) {
  const { data } = useQuery({
    queryKey: ['run-columns'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/runs/columns', { signal })),
  });
  const toggle = (id: ColumnId) =>
    onChange(columns.includes(id) ? columns.filter((other) => other !== id) : [...columns, id]);
  return (
    <Dialog title={text.runs.columnsTitle} onClose={onClose}>
      <div className="column-picker stack">
        {choicesOf(data).map(({ label, ids }) => (
          <fieldset key={label} className="stack tight">
            <legend>{label}</legend>
            {ids.map((id) => (
              <label key={id} className="row">
                <input type="checkbox" checked={columns.includes(id)} onChange={() => toggle(id)} />
                {titleOf(id)}
              </label>
            ))}
          </fieldset>
        ))}
      </div>
      <div className="dialog-actions row">
        <Button onClick={() => onChange(defaultColumns)}>{text.runs.columnsReset}</Button>
        <Button primary onClick={onClose}>
          {text.runs.done}
        </Button>
      </div>
    </Dialog>
  );
}
