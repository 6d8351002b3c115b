import type { ParameterDefinition } from '../../api/types';
import { at, type Json } from '../../json/pointer';
import { text } from '../../text/text';
import { ChoiceEditor } from '../study/ChoiceEditor';
import { NumberEditor } from '../study/NumberEditor';
import { startOf } from '../study/parameters';
import { useVariation } from '../study/StudyContext';
import { VaryButton } from '../study/VaryButton';
import { type ControlProps, FieldFrame } from './FieldFrame';
import { findingsAt, useForm } from './FormContext';
import { defaultOf, labelWithUnit, rangeOf } from './names';
import { TechniqueDetails, techniquesBehind } from './TechniqueHelp';
import { TypedInput } from './TypedInput';
import { readTyped, readTypedList, writeTyped } from './typed';

interface ParameterFieldProps {
  pointer: string;
  pattern: string;
  definition: ParameterDefinition;
  /** Whether the value is a list of numbers, as for /model/dense. */
  several?: boolean;
}

/** A field for one parameter of the catalog. */
export function ParameterField({ pointer, pattern, definition, several = false }: ParameterFieldProps) {
  const { catalog, document, effective, findings, edit } = useForm();
  const value = at(document, pointer);
  const isList = several || definition.kind === 'numbers';
  const label = labelWithUnit(pattern, definition);
  const variation = useVariation(pointer);
  const options = optionsOf(definition);
  const present = value ?? at(effective ?? null, pointer) ?? (definition.default as Json | null) ?? undefined;
  const control = (props: ControlProps) => {
    if (variation?.parameter !== undefined) {
      const editor = { variation, parameter: variation.parameter, label };
      return options.length > 0 ? (
        <ChoiceEditor {...editor} options={options} />
      ) : (
        <NumberEditor {...editor} control={props} isInteger={definition.kind === 'integer'} isList={isList} />
      );
    }
    const shared = { ...props, value, change: (next: Json | undefined) => edit(pointer, next), definition };
    if (definition.kind === 'choice' && definition.choices != null) {
      return <ChoiceControl {...shared} choices={definition.choices} />;
    }
    return definition.kind === 'boolean' ? (
      <FlagControl {...shared} />
    ) : (
      <TypedControl {...shared} isList={isList} isText={definition.kind === 'text'} />
    );
  };
  return (
    <FieldFrame
      pointer={pointer}
      help={{
        label,
        text: definition.explanation,
        notes: notesOf(definition, isList),
      }}
      more={techniquesBehind(catalog, pattern).map((technique) => (
        <TechniqueDetails key={technique.name} technique={technique} hasTitle />
      ))}
      action={
        definition.kind !== 'text' && (
          <VaryButton
            {...{ pointer, label, variation }}
            start={() =>
              options.length > 0
                ? { kind: 'categorical', values: options.map((option) => option.value) }
                : isList
                  ? { kind: 'categorical', values: present === undefined ? [] : [present] }
                  : startOf(definition, present)
            }
          />
        )
      }
      findings={findingsAt(findings, pointer, [])}
    >
      {control}
    </FieldFrame>
  );
}

/** The values of a choice or a switch; none for numbers. */
const optionsOf = ({ kind, choices }: ParameterDefinition): readonly { value: Json; label: string }[] =>
  kind === 'boolean'
    ? [
        { value: false, label: text.newRun.no },
        { value: true, label: text.newRun.yes },
      ]
    : kind === 'choice'
      ? (choices ?? []).map((choice) => ({ value: choice, label: text.newRun.choices[choice] ?? choice }))
      : [];

/** The default and the range. */
function notesOf(definition: ParameterDefinition, isList: boolean): string {
  const byDefault = isList && definition.default == null ? null : defaultOf(definition);
  const notes = [
    byDefault === null ? null : text.newRun.byDefault(byDefault),
    rangeOf(definition),
    isList ? text.newRun.several : null,
  ];
  return notes.filter((note) => note !== null).join(' · ');
}

interface ControlState extends ControlProps {
  value: Json | undefined;
  definition: ParameterDefinition;
  change: (value: Json | undefined) => void;
}

function ChoiceControl({
  value,
  definition,
  change,
  choices,
  ...props
}: ControlState & { choices: readonly string[] }) {
  const chosen = value === undefined ? definition.default : value;
  const shown = chosen == null ? '' : writeTyped(chosen as Json);
  return (
    <select {...props} className="input" value={shown} onChange={(event) => change(event.target.value)}>
      {chosen == null && (
        <option value="" disabled>
          {text.newRun.choose}
        </option>
      )}
      {shown !== '' && !choices.includes(shown) && <option value={shown}>{shown}</option>}
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {text.newRun.choices[choice] ?? choice}
        </option>
      ))}
    </select>
  );
}

function FlagControl({ value, definition, change, ...props }: ControlState) {
  return (
    <input
      {...props}
      type="checkbox"
      className="checkbox"
      checked={value === undefined ? definition.default === true : value === true}
      onChange={(event) => change(event.target.checked)}
    />
  );
}

function TypedControl({
  value,
  definition,
  change,
  isList,
  isText,
  ...props
}: ControlState & { isList: boolean; isText: boolean }) {
  return (
    <TypedInput
      {...props}
      inputMode={isText || isList ? 'text' : 'decimal'}
      placeholder={defaultOf(definition) ?? (isList ? text.newRun.noLimit : text.newRun.required)}
      value={value}
      read={isText ? (typed) => (typed === '' ? undefined : typed) : isList ? readTypedList : readTyped}
      // A null that is the default is shown as an empty field with the placeholder "none".
      written={value === null && definition.default == null ? '' : writeTyped(value)}
      change={change}
    />
  );
}
