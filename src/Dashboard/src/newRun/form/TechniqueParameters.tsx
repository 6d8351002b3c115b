import type { TechniqueDefinition } from '../../api/types';
import { at, childOf, isObject, type Json } from '../../json/pointer';
import { FormContext, useForm } from './FormContext';
import { ParameterField } from './ParameterField';

/** Parameters that are always shown; the others appear with all settings, or when the spec sets them. */
const usual: ReadonlySet<string> = new Set([
  ...[
    'learningRate',
    'strength',
    'noise',
    'classes',
    'slope',
    'width',
    'maximum',
    'std',
    'every',
    'factor',
    'milestones',
  ],
]);

/** The fields of a technique at a pointer. */
export function TechniqueParameters({ technique, pointer }: { technique: TechniqueDefinition; pointer: string }) {
  const form = useForm();
  const value = at(form.document, pointer);
  const shown = technique.parameters.filter(
    ({ name }) =>
      form.showsAll ||
      usual.has(name) ||
      (isObject(value) && name in value) ||
      form.findings.some((finding) => finding.pointer === childOf(pointer, name)),
  );
  // Setting a parameter turns a technique that is a string, or unset, into an object.
  const edit = (target: string, value: Json | undefined) => {
    const now = at(form.document, pointer);
    const object = isObject(now) ? now : { name: technique.name };
    const parameter = target.slice(pointer.length + 1);
    const { [parameter]: _, ...rest } = object;
    const next = value === undefined ? rest : { ...object, [parameter]: value };
    form.edit(pointer, Object.keys(next).length === 1 && next.name === technique.name ? technique.name : next);
  };
  return (
    <FormContext value={{ ...form, edit }}>
      <div className="fields">
        {shown.map((parameter) => (
          <ParameterField
            key={`${technique.name} ${parameter.name}`}
            pointer={childOf(pointer, parameter.name)}
            pattern={`${technique.kind}/${parameter.name}`}
            definition={parameter}
          />
        ))}
      </div>
    </FormContext>
  );
}
