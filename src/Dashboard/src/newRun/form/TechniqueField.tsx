import type { TechniqueKind } from '../../api/types';
import { at } from '../../json/pointer';
import { techniqueName } from '../../spec/nonDefault';
import { fieldLabel } from '../../text/labels';
import { text } from '../../text/text';
import { useVariation } from '../study/StudyContext';
import { TechniqueEditor } from '../study/TechniqueEditor';
import { VaryButton } from '../study/VaryButton';
import { FieldFrame } from './FieldFrame';
import { findingsAt, useForm } from './FormContext';
import { TechniqueDetails } from './TechniqueHelp';
import { TechniqueParameters } from './TechniqueParameters';

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
  const label = fieldLabel(pattern, name);
  const variation = useVariation(pointer);
  const varied = variation?.parameter;

  return (
    <div className="technique">
      <FieldFrame
        pointer={pointer}
        help={{ label, text: technique?.explanation ?? '', notes: '' }}
        more={technique !== undefined && <TechniqueDetails technique={technique} />}
        action={
          <VaryButton
            {...{ pointer, label, variation }}
            start={() => ({
              kind: 'categorical',
              values: [at(document, pointer) ?? inEffect ?? techniques[0]?.name ?? ''],
            })}
          />
        }
        wide
        findings={findingsAt(findings, pointer, technique?.parameters.map((parameter) => parameter.name) ?? [])}
      >
        {(control) =>
          variation !== null && varied !== undefined ? (
            <TechniqueEditor {...{ variation, pointer, label, techniques }} parameter={varied} />
          ) : (
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
          )
        }
      </FieldFrame>
      {varied === undefined && technique !== undefined && technique.parameters.length > 0 && (
        <TechniqueParameters technique={technique} pointer={pointer} />
      )}
    </div>
  );
}
