import { type ReactNode, useId } from 'react';
import { PictureButtons, type TakePicture } from '../../charts/pictures/PictureButtons';
import { Choice } from '../../design/Choice';
import { text } from '../../text/text';

interface ChartCardProps {
  title: string;
  view: 'chart' | 'table';
  onView: (view: 'chart' | 'table') => void;
  picture: TakePicture;
  note?: string | undefined;
  /** What is chosen for the chart. */
  tools?: ReactNode;
  children: ReactNode;
}

const { views } = text.compare;
const options = [
  { value: 'chart', label: views.chart },
  { value: 'table', label: views.table },
] as const;

/** A chart with its title, its controls, its pictures to save, and the same as numbers. */
export function ChartCard({ title, view, onView, picture, note, tools, children }: ChartCardProps) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <div className="card-head">
        <h2 id={id}>{title}</h2>
        <div className="card-actions">
          {view === 'chart' && <PictureButtons chart={title} picture={picture} />}
          <Choice label={views.label(title)} value={view} options={options} onChange={onView} />
        </div>
      </div>
      {tools !== undefined && <div className="compare-tools">{tools}</div>}
      {children}
      {note !== undefined && <p className="card-note">{note}</p>}
    </section>
  );
}

interface PickProps {
  label: string;
  value: string;
  options: readonly { readonly id: string; readonly label: string }[];
  onChange: (id: string) => void;
}

/** A list of which one is chosen. */
export function Pick({ label, value, options, onChange }: PickProps) {
  const id = useId();
  return (
    <span className="pick">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
    </span>
  );
}
