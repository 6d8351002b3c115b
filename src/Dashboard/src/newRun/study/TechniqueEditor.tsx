import type { TechniqueDefinition } from '../../api/types';
import { type Json, put } from '../../json/pointer';
import { FormContext, useForm } from '../form/FormContext';
import { TechniqueParameters } from '../form/TechniqueParameters';
import { ChoiceEditor } from './ChoiceEditor';
import { withValues } from './draft';
import { techniqueOf, type Varied } from './parameters';
import { ScopeContext, type Variation } from './StudyContext';

interface TechniqueEditorProps {
  variation: Variation;
  parameter: Varied;
  pointer: string;
  label: string;
  techniques: readonly TechniqueDefinition[];
}

/** The techniques that a study tries, each with its own parameters; these may vary too, in the trials of that technique. */
export function TechniqueEditor({ variation, parameter, pointer, label, techniques }: TechniqueEditorProps) {
  return (
    <ChoiceEditor
      variation={variation}
      parameter={parameter}
      label={label}
      options={techniques.map(({ name, title }) => ({ value: name, label: title }))}
      isSame={(name, value) => techniqueOf(value) === name}
    >
      {(parameter.values ?? []).map((value, index) => {
        const technique = techniques.find(({ name }) => name === techniqueOf(value));
        return (
          technique !== undefined &&
          technique.parameters.length > 0 && (
            <Choice
              // biome-ignore lint/suspicious/noArrayIndexKey: two values may be of one technique.
              key={index}
              {...{ variation, parameter, pointer, technique, value, index }}
            />
          )
        );
      })}
    </ChoiceEditor>
  );
}

interface ChoiceProps {
  variation: Variation;
  parameter: Varied;
  pointer: string;
  technique: TechniqueDefinition;
  value: Json;
  index: number;
}

/** The parameters of one of the techniques: the fields of the form, of a spec that has this technique. */
function Choice({ variation, parameter, pointer, technique, value, index }: ChoiceProps) {
  const form = useForm();
  const edit = (_: string, next: Json | undefined) => {
    const to = next ?? technique.name;
    const values = (parameter.values ?? []).with(index, to);
    variation.study.change((draft) => withValues(draft, parameter, values, { from: value, to }));
  };
  return (
    <FormContext value={{ ...form, document: put(form.document, pointer, value), effective: null, findings: [], edit }}>
      <ScopeContext value={{ parameter: parameter.name, value }}>
        <fieldset className="vary-technique">
          <legend>{technique.title}</legend>
          <TechniqueParameters technique={technique} pointer={pointer} />
        </fieldset>
      </ScopeContext>
    </FormContext>
  );
}
