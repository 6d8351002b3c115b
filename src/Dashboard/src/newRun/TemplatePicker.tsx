import { useState } from 'react';
import type { TechniqueDefinition } from '../api/types';
import { ConfirmDialog } from '../design/Dialog';
import { at, isObject, type Json } from '../json/pointer';
import { text } from '../text/text';
import { templates } from './templates';
import type { SpecText } from './useSpecText';

/** Members of a model that describe its structure; a preset architecture replaces them. */
const structure = new Set(['kind', 'preset', 'blocks', 'layers', 'dense', 'globalPool']);

interface Chip {
  name: string;
  label: string;
  title?: string;
  onChoose: () => void;
}

const Chips = ({ label, chips }: { label: string; chips: readonly Chip[] }) => (
  <div role="group" aria-label={label}>
    <span aria-hidden="true" className="muted">
      {label}
    </span>
    <div className="row">
      {chips.map((chip) => (
        <button key={chip.name} type="button" className="chip" title={chip.title} onClick={chip.onChoose}>
          {chip.label}
        </button>
      ))}
    </div>
  </div>
);

interface TemplatePickerProps {
  spec: SpecText;
  architectures: readonly TechniqueDefinition[];
}

/** Templates and preset architectures. A template replaces the spec, an architecture the structure of its model. */
export function TemplatePicker({ spec, architectures }: TemplatePickerProps) {
  const [pending, setPending] = useState<Json | null>(null);
  const choose = (next: Json) => (spec.isChanged ? setPending(next) : spec.replace(next));
  const chooseArchitecture = (name: string) => {
    const model = at(spec.document, '/model');
    const kept = Object.entries(isObject(model) ? model : {}).filter(([member]) => !structure.has(member));
    spec.edit('/model', { kind: 'preset', preset: name, ...Object.fromEntries(kept) });
  };
  return (
    <div className="presets stack tight">
      <Chips
        label={text.newRun.templates}
        chips={templates.map(({ name, spec: template }) => ({ name, label: name, onChoose: () => choose(template) }))}
      />
      {architectures.length > 0 && (
        <Chips
          label={text.newRun.architectures}
          chips={architectures.map(({ name, title, explanation }) => ({
            name,
            label: title,
            title: explanation,
            onChoose: () => chooseArchitecture(name),
          }))}
        />
      )}
      {pending !== null && (
        <ConfirmDialog
          title={text.newRun.replaceTitle}
          text={text.newRun.replaceText}
          confirm={text.newRun.replace}
          onClose={() => setPending(null)}
          onConfirm={() => {
            setPending(null);
            spec.replace(pending);
          }}
        />
      )}
    </div>
  );
}
