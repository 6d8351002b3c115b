import { useState } from 'react';
import type { TechniqueDefinition } from '../api/types';
import { ConfirmDialog } from '../design/Dialog';
import { at, isObject } from '../json/pointer';
import { useParam } from '../navigation/navigation';
import { useKeyDown } from '../navigation/useKeyDown';
import { TemplateCards } from '../templates/TemplateCards';
import { findTemplate, starterId, type Template, templates } from '../templates/templates';
import { text } from '../text/text';
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
  const [param, setParam] = useParam('template');
  const [pending, setPending] = useState<Template | null>(null);
  const replace = (template: Template) => {
    spec.replace(template.spec);
    setParam(template.id);
  };
  const choose = (template: Template) => (spec.isChanged ? setPending(template) : replace(template));
  // 1 for the first template, and so on.
  useKeyDown((event) => {
    const template = /^[1-9]$/.test(event.key) ? templates[Number(event.key) - 1] : undefined;
    const isTyping =
      event.target instanceof Element &&
      event.target.closest('input:not([type=checkbox]), textarea, select, dialog') !== null;
    if (template !== undefined && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      choose(template);
    }
  });
  const chooseArchitecture = (name: string) => {
    const model = at(spec.document, '/model');
    const kept = Object.entries(isObject(model) ? model : {}).filter(([member]) => !structure.has(member));
    spec.edit('/model', { kind: 'preset', preset: name, ...Object.fromEntries(kept) });
  };
  return (
    <div className="presets stack tight">
      <TemplateCards
        label={text.templates.label}
        chosen={findTemplate(param)?.id ?? starterId}
        onChoose={choose}
        isRow
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
            replace(pending);
          }}
        />
      )}
    </div>
  );
}
