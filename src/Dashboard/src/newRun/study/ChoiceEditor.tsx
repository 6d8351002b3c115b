import type { ReactNode } from 'react';
import type { Json } from '../../json/pointer';
import { text } from '../../text/text';
import { withValues } from './draft';
import { isEqual, type Varied } from './parameters';
import type { Variation } from './StudyContext';
import { StudyFindings } from './StudyFindings';

interface ChoiceEditorProps {
  variation: Variation;
  parameter: Varied;
  label: string;
  options: readonly { readonly value: Json; readonly label: string }[];
  /** Whether an option stands for a value; by default the same value. */
  isSame?: (option: Json, value: Json) => boolean;
  children?: ReactNode;
}

/** The values of a choice that varies, each switched on or off. */
export function ChoiceEditor({ variation, parameter, label, options, isSame = isEqual, children }: ChoiceEditorProps) {
  const { study, findings } = variation;
  const values = parameter.values ?? [];
  const has = (option: Json) => values.some((value) => isSame(option, value));
  const toggle = (option: Json) => {
    const next = has(option) ? values.filter((value) => !isSame(option, value)) : [...values, option];
    // In the order of the options, so that a comparison reads as the form does.
    const place = (value: Json) => options.findIndex((one) => isSame(one.value, value));
    study.change((draft) =>
      withValues(
        draft,
        parameter,
        next.toSorted((a, b) => place(a) - place(b)),
      ),
    );
  };
  return (
    <div className="vary" role="group" aria-label={text.vary.valuesOf(label)}>
      <div className="vary-choices row">
        {options.map((option) => (
          <button
            key={JSON.stringify(option.value)}
            type="button"
            className="chip"
            aria-pressed={has(option.value)}
            onClick={() => toggle(option.value)}
          >
            {option.label}
          </button>
        ))}
      </div>
      {values.length < 2 && <p className="field-help">{text.vary.chooseTwo}</p>}
      <StudyFindings findings={findings} />
      {children}
    </div>
  );
}
