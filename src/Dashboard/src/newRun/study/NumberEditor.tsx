import { useId } from 'react';
import { Choice } from '../../design/Choice';
import type { Json } from '../../json/pointer';
import { text } from '../../text/text';
import type { ControlProps } from '../form/FieldFrame';
import { TypedInput } from '../form/TypedInput';
import { readTyped, readTypedList, writeTyped } from '../form/typed';
import { methodOf, withChanged, withMember } from './draft';
import { type Spread, spreadOf, type Varied, withSpread } from './parameters';
import type { Variation } from './StudyContext';
import { StudyFindings } from './StudyFindings';

interface NumberEditorProps {
  variation: Variation;
  parameter: Varied;
  label: string;
  control: ControlProps;
  isInteger: boolean;
  /** Whether each value is itself a list of numbers, as for the dense layers. */
  isList: boolean;
}

const t = text.vary;
const spreads: readonly { value: Spread; label: string }[] = [
  { value: 'list', label: t.list },
  { value: 'range', label: t.range },
  { value: 'log', label: t.log },
];

/** The values of a number that varies: a list, a range, or a range on a logarithmic scale. */
export function NumberEditor({ variation, parameter, label, control, isInteger, isList }: NumberEditorProps) {
  const { study, findings } = variation;
  const inGrid = methodOf(study.draft) === 'grid';
  const spread = spreadOf(parameter);
  const change = (next: Varied) => study.change((draft) => withChanged(draft, parameter, next));
  return (
    <div className="vary" role="group" aria-label={t.valuesOf(label)}>
      {!isList && (
        <Choice
          label={t.spreadOf(label)}
          value={spread}
          options={spreads}
          onChange={(next) => change(withSpread(parameter, next, isInteger, inGrid))}
        />
      )}
      {spread === 'list' ? (
        <TypedInput
          {...control}
          value={[...(parameter.values ?? [])]}
          read={isList ? readLists : readList}
          written={isList ? writeLists(parameter.values ?? []) : writeTyped([...(parameter.values ?? [])])}
          change={(values) => change({ ...parameter, values: Array.isArray(values) ? values : [] })}
          placeholder={isList ? t.listsExample : t.listExample}
        />
      ) : (
        <div className="vary-ends">
          <End
            id={control.id}
            label={t.low}
            value={parameter.low}
            change={(low) => change(withMember(parameter, 'low', low))}
          />
          <End label={t.high} value={parameter.high} change={(high) => change(withMember(parameter, 'high', high))} />
          {(inGrid || parameter.points !== undefined) && (
            <End
              label={t.points}
              value={parameter.points}
              change={(points) => change(withMember(parameter, 'points', points))}
            />
          )}
          {spread === 'range' && (
            <End
              label={t.step}
              value={parameter.step}
              placeholder={isInteger ? '1' : text.newRun.noLimit}
              change={(step) => change(withMember(parameter, 'step', step))}
            />
          )}
        </div>
      )}
      <StudyFindings findings={findings} />
    </div>
  );
}

interface EndProps {
  id?: string;
  label: string;
  value: Json | undefined;
  placeholder?: string;
  change: (value: Json | undefined) => void;
}

function End({ id, label, value, placeholder, change }: EndProps) {
  const own = useId();
  return (
    <span className="vary-end">
      <label htmlFor={id ?? own}>{label}</label>
      <TypedInput
        id={id ?? own}
        inputMode="decimal"
        value={value}
        read={readTyped}
        written={writeTyped(value)}
        placeholder={placeholder}
        change={change}
      />
    </span>
  );
}

const readList = (typed: string): Json => readTypedList(typed) ?? [];

/** Lists are separated by semicolons: 64; 128, 64. */
const readLists = (typed: string): Json =>
  typed
    .split(';')
    .map((part) => readTypedList(part))
    .filter((list) => list !== undefined);

const writeLists = (values: readonly Json[]): string => values.map(writeTyped).join('; ');
