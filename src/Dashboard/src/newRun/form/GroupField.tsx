import { type ReactNode, useId } from 'react';
import { at, isObject } from '../../json/pointer';
import type { FormNode } from '../../spec/layout';
import { fieldLabel } from '../../text/labels';
import { text } from '../../text/text';
import { FindingLines } from '../findings/FindingLines';
import { ChoiceEditor } from '../study/ChoiceEditor';
import { useVariation } from '../study/StudyContext';
import { VaryButton } from '../study/VaryButton';
import { findingsAt, useForm } from './FormContext';
import { TechniqueHelp } from './TechniqueHelp';

interface GroupFieldProps {
  pointer: string;
  pattern: string;
  name: string;
  nodes: readonly FormNode[];
  /** The fields of the nodes. */
  children: ReactNode;
}

/** Groups without a switch: their defaults mean "none". */
const alwaysOn = new Set(['/model/dropout']);

/** The value that turns off a group which is on by default. */
const offWords: Readonly<Record<string, string>> = { '/training/observe': 'off' };

/** A group of settings with a switch, such as batch normalization. */
export function GroupField({ pointer, pattern, name, nodes, children }: GroupFieldProps) {
  const { document, effective, findings, edit } = useForm();
  const id = useId();
  const value = at(document, pointer);
  const offWord = offWords[pattern];
  const isOn =
    alwaysOn.has(pattern) ||
    isObject(value) ||
    value === true ||
    (value === undefined && (offWord !== undefined || isObject(at(effective ?? null, pointer))));
  const label = fieldLabel(pattern, name);
  const turn = (on: boolean) => edit(pointer, on ? (offWord === undefined ? {} : undefined) : offWord);
  const shown = isOn ? nodes.map((node) => node.name) : [];
  const variation = useVariation(pointer);
  const varied = variation?.parameter;
  // With the settings that it has now, or with those by default.
  const on = isObject(value) && Object.keys(value).length > 0 ? value : true;

  return (
    <fieldset className="group" data-pointer={pointer}>
      <legend>{label}</legend>
      {alwaysOn.has(pattern) ? (
        <div className="group-help">
          <TechniqueHelp pattern={pattern} />
        </div>
      ) : (
        <div className="group-switch row">
          <input
            id={id}
            type="checkbox"
            className="checkbox"
            checked={isOn}
            onChange={(event) => turn(event.target.checked)}
          />
          <label htmlFor={id}>{text.newRun.use(label.toLowerCase())}</label>
          <TechniqueHelp pattern={pattern} />
          <VaryButton {...{ pointer, label, variation }} start={() => ({ kind: 'categorical', values: [false, on] })} />
        </div>
      )}
      {variation !== null && varied !== undefined && (
        <ChoiceEditor
          {...{ variation, label }}
          parameter={varied}
          options={[
            { value: false, label: text.vary.without },
            { value: on, label: text.vary.with },
          ]}
          isSame={(option, value) => (option === false) === (value === false)}
        />
      )}
      <FindingLines findings={findingsAt(findings, pointer, shown)} />
      {isOn && children}
    </fieldset>
  );
}
