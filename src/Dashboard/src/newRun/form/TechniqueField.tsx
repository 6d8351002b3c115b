import type { TechniqueDefinition, TechniqueKind } from '../../api/types';
import { at, childOf, isObject, type Json } from '../../json/pointer';
import { fieldLabel } from '../../text/labels';
import { text } from '../../text/text';
import { FieldFrame } from './FieldFrame';
import { FormContext, findingsAt, useForm } from './FormContext';
import { techniqueName } from './nonDefault';
import { ParameterField } from './ParameterField';
import { TechniqueDetails } from './TechniqueHelp';

interface TechniqueFieldProps {
  pointer: string;
  pattern: string;
  name: string;
  kind: TechniqueKind;
}

/** Selects a technique of a kind; shows the explanation and the parameters of the selected one. */
export function TechniqueField({ pointer, pattern, name, kind }: TechniqueFieldProps) {
  const { catalog, document, effective, findings, edit } = useForm();
  const techniques = catalog.techniques.filter((technique) => technique.kind === kind);
  const written = techniqueName(at(document, pointer));
  // List items have no defaults of their own: an unset technique is the one of the network.
  const isInherited = pattern.includes('*') && written === null;
  const inEffect = written ?? (isInherited ? null : techniqueName(at(effective ?? null, pointer)));
  const technique = techniques.find((one) => one.name === inEffect);
  const titleOf = (one: string | null) => techniques.find((other) => other.name === one)?.title ?? one;
  const unwritten = pattern.includes('*')
    ? text.newRun.asNetwork
    : inEffect === null
      ? text.newRun.choose
      : text.newRun.byDefault(titleOf(inEffect) ?? '');

  return (
    <div className="technique">
      <FieldFrame
        pointer={pointer}
        help={{ label: fieldLabel(pattern, name), text: technique?.explanation ?? '', notes: '' }}
        more={technique !== undefined && <TechniqueDetails technique={technique} />}
        wide
        findings={findingsAt(findings, pointer, technique?.parameters.map((parameter) => parameter.name) ?? [])}
      >
        {(control) => (
          <select
            {...control}
            className="input"
            value={written ?? ''}
            onChange={(event) => edit(pointer, event.target.value === '' ? undefined : event.target.value)}
          >
            <option value="">{written === null ? unwritten : text.newRun.isDefault}</option>
            {written !== null && !techniques.some((one) => one.name === written) && (
              <option value={written}>{written}</option>
            )}
            {techniques.map((one) => (
              <option key={one.name} value={one.name}>
                {one.title}
              </option>
            ))}
          </select>
        )}
      </FieldFrame>
      {technique !== undefined && technique.parameters.length > 0 && (
        <TechniqueParameters technique={technique} pointer={pointer} />
      )}
    </div>
  );
}

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

function TechniqueParameters({ technique, pointer }: { technique: TechniqueDefinition; pointer: string }) {
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
