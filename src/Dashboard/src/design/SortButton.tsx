import { text } from '../text/text';

interface SortButtonProps {
  title: string;
  /** The current order, if it is by this column. */
  sort: 'ascending' | 'descending' | undefined;
  onSort: () => void;
}

/** The heading of a column that sorts. */
export const SortButton = ({ title, sort, onSort }: SortButtonProps) => (
  <button type="button" className="sort" title={text.runs.sortBy(title)} onClick={onSort}>
    {title} <span aria-hidden="true">{sort === undefined ? '▵' : sort === 'ascending' ? '▴' : '▾'}</span>
  </button>
);
