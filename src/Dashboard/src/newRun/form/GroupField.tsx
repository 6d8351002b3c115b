import { useId } from 'react';
import { text } from '../../text/text';
import { at, isObject } from '../json/pointer';
import { FindingLines } from './FieldFrame';
import { findingsAt, useForm } from './FormContext';
import type { FormNode } from './layout';
import { Nodes } from './Nodes';
import { labelOf } from './names';
import { WhatIsThis } from './WhatIsThis';

interface GroupFieldProps {
  pointer: string;
  pattern: string;
  name: string;
  nodes: readonly FormNode[];
}

/** Groups whose defaults mean "none", so that they need no switch. */
const alwaysOn = new Set(['/model/dropout']);

/** What turns a group off that is on when it is left out. */
const offWords: Readonly<Record<string, string>> = { '/training/observe': 'off' };

/** Settings that belong together, with a switch: as batch normalisation, which is there or not. */
export function GroupField({ pointer, pattern, name, nodes }: GroupFieldProps) {
  const { document, effective, findings, edit } = useForm();
  const id = useId();
  const value = at(document, pointer);
  const offWord = offWords[pattern];
  const isOn =
    alwaysOn.has(pattern) ||
    isObject(value) ||
    value === true ||
    (value === undefined && (offWord !== undefined || isObject(at(effective ?? null, pointer))));
  const label = labelOf(pattern, name);
  const turn = (on: boolean) => edit(pointer, on ? (offWord === undefined ? {} : undefined) : offWord);
  const shown = isOn ? nodes.map((node) => node.name) : [];

  return (
    <fieldset className="group" data-pointer={pointer}>
      <legend>{label}</legend>
      {!alwaysOn.has(pattern) && (
        <p className="group-switch">
          <input
            id={id}
            type="checkbox"
            className="checkbox"
            checked={isOn}
            onChange={(event) => turn(event.target.checked)}
          />
          <label htmlFor={id}>{text.newRun.use(label.toLowerCase())}</label>
        </p>
      )}
      <WhatIsThis pattern={pattern} />
      <FindingLines findings={findingsAt(findings, pointer, shown)} />
      {isOn && <Nodes nodes={nodes} pointer={pointer} pattern={pattern} />}
    </fieldset>
  );
}
