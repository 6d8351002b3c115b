import { useState } from 'react';
import type { ParameterDefinition } from '../../api/types';
import { at, type Json } from '../../json/pointer';
import { text } from '../../text/text';
import { type ControlProps, FieldFrame } from './FieldFrame';
import { findingsAt, useForm } from './FormContext';
import { defaultOf, labelWithUnit, rangeOf } from './names';
import { TechniqueDetails, techniquesBehind } from './TechniqueHelp';
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
  const { catalog, document, findings, edit } = useForm();
  const value = at(document, pointer);
  const isList = several || definition.kind === 'numbers';
  const control = (props: ControlProps) => {
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
        label: labelWithUnit(pattern, definition),
        text: definition.explanation,
        notes: notesOf(definition, isList),
      }}
      more={techniquesBehind(catalog, pattern).map((technique) => (
        <TechniqueDetails key={technique.name} technique={technique} hasTitle />
      ))}
      findings={findingsAt(findings, pointer, [])}
    >
      {control}
    </FieldFrame>
  );
}

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

/** Keeps the text as typed while it has the value of the spec: "1." on the way to "1.5" stays "1.". */
function TypedControl({
  value,
  definition,
  change,
  isList,
  isText,
  ...props
}: ControlState & { isList: boolean; isText: boolean }) {
  const read = isText ? (typed: string) => (typed === '' ? undefined : typed) : isList ? readTypedList : readTyped;
  // A null that is the default is shown as an empty field with the placeholder "none".
  const written = value === null && definition.default == null ? '' : writeTyped(value);
  const [typed, setTyped] = useState(written);
  const shown = JSON.stringify(read(typed)) === JSON.stringify(value) ? typed : written;
  const placeholder = defaultOf(definition) ?? (isList ? text.newRun.noLimit : text.newRun.required);
  return (
    <input
      {...props}
      type="text"
      inputMode={isText || isList ? 'text' : 'decimal'}
      className="input"
      autoComplete="off"
      spellCheck={false}
      placeholder={placeholder}
      value={shown}
      onChange={(event) => {
        setTyped(event.target.value);
        change(read(event.target.value));
      }}
    />
  );
}
