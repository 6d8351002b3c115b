import type { Json } from '../../json/pointer';
import { placeOf } from '../../text/place';
import { text } from '../../text/text';
import { useForm } from '../form/FormContext';
import { withoutParameter, withParameter, withParameterOf } from './draft';
import { techniqueOf, type Varied } from './parameters';
import type { Variation } from './StudyContext';

interface VaryButtonProps {
  pointer: string;
  label: string;
  variation: Variation | null;
  /** What it varies over at first. */
  start: () => Omit<Varied, 'name' | 'pointers' | 'when'>;
}

const t = text.vary;

/** Makes a setting vary, or gives it one value again; nothing where it cannot vary. */
export function VaryButton({ pointer, label, variation, start }: VaryButtonProps) {
  const { catalog } = useForm();
  if (variation === null) {
    return null;
  }
  const { study, scope, parameter } = variation;
  const vary = () => {
    const name = nameOf(pointer, label, scope === null ? null : titleOf(scope.value));
    const parameter = { name, pointers: [pointer], ...start() };
    study.change((draft) =>
      scope === null ? withParameter(draft, parameter) : withParameterOf(draft, parameter, scope),
    );
    study.turnOn();
  };
  const titleOf = (value: Json) => {
    const name = techniqueOf(value);
    return catalog.techniques.find((technique) => technique.name === name)?.title ?? name;
  };
  return parameter === undefined ? (
    <button
      type="button"
      className="vary-button"
      // Without a study, Tab goes from field to field.
      tabIndex={study.isOn ? undefined : -1}
      aria-label={t.varyOf(label)}
      onClick={vary}
    >
      {t.vary}
    </button>
  ) : (
    <button
      type="button"
      className="vary-button"
      aria-label={t.fixOf(label)}
      onClick={() => study.change((draft) => withoutParameter(draft, parameter))}
    >
      {t.fix}
    </button>
  );
}

/** The name of a parameter, as in the tables and charts of the study: Learning rate, Block 2 › Filters, Momentum (SGD). */
const nameOf = (pointer: string, label: string, choice: string | null): string =>
  choice !== null ? `${label} (${choice})` : pointer.endsWith('/learningRate') ? label : placeOf(pointer) || label;
