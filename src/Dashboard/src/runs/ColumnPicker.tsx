import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../api/client';
import { Button } from '../design/Button';
import { Dialog } from '../design/Dialog';
import { SearchField } from '../design/SearchField';
import { text } from '../text/text';
import { type ColumnId, choicesOf, defaultColumns, titleOf } from './columns';

interface ColumnPickerProps {
  columns: readonly ColumnId[];
  onChange: (columns: readonly ColumnId[]) => void;
  onClose: () => void;
}

/** The columns that the service knows, of all runs. */
export const useRunColumns = () =>
  useQuery({
    queryKey: ['run-columns'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/runs/columns', { signal })),
  });

/** Selects the columns of the table, including all metrics and parameters of the runs: in closed groups, and by name. */
export function ColumnPicker({ columns, onChange, onClose }: ColumnPickerProps) {
  const { data } = useRunColumns();
  const [search, setSearch] = useState('');
  const words = search.trim().toLowerCase();
  const groups = choicesOf(data)
    .map((group, index) => ({
      ...group,
      isFirst: index === 0,
      ids: group.ids.filter((id) => words === '' || `${titleOf(id)} ${id}`.toLowerCase().includes(words)),
    }))
    .filter(({ ids }) => ids.length > 0);
  const toggle = (id: ColumnId) =>
    onChange(columns.includes(id) ? columns.filter((other) => other !== id) : [...columns, id]);
  return (
    <Dialog title={text.runs.columnsTitle} onClose={onClose}>
      <SearchField className="column-search" label={text.runs.columnsSearch} value={search} onChange={setSearch} />
      <div className="column-picker stack tight">
        {groups.map(({ label, ids, isFirst }) => {
          const chosen = ids.filter((id) => columns.includes(id)).length;
          return (
            <details key={`${label} ${words === ''}`} open={isFirst || words !== ''}>
              <summary>
                {label} {chosen > 0 && <small>{text.runs.columnsChosen(chosen)}</small>}
              </summary>
              <div className="stack tight">
                {ids.map((id) => (
                  <label key={id} className="row">
                    <input type="checkbox" checked={columns.includes(id)} onChange={() => toggle(id)} />
                    {titleOf(id)}
                  </label>
                ))}
              </div>
            </details>
          );
        })}
        {groups.length === 0 && <p className="muted">{text.runs.columnsNone}</p>}
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
