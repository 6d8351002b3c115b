import { useState } from 'react';
import { ConfirmDialog } from '../design/Dialog';
import { useParam } from '../navigation/navigation';
import { useShortcuts } from '../navigation/useKeyDown';
import { TemplateCards } from '../templates/TemplateCards';
import { findTemplate, starterId, type Template, templates } from '../templates/templates';
import { text } from '../text/text';
import type { SpecText } from './useSpecText';

/** The templates, of which one replaces the spec. Keys: 1 for the first, and so on. */
export function TemplatePicker({ spec }: { spec: SpecText }) {
  const [param, setParam] = useParam('template');
  const [lesson] = useParam('lesson');
  const [pending, setPending] = useState<Template | null>(null);
  const replace = (template: Template) => {
    spec.replace(template.spec);
    setParam(template.id);
  };
  const choose = (template: Template) => (spec.isChanged ? setPending(template) : replace(template));
  useShortcuts((event) => {
    const template = /^[1-9]$/.test(event.key) ? templates[Number(event.key) - 1] : undefined;
    if (template !== undefined) {
      event.preventDefault();
      choose(template);
    }
  });
  return (
    <div>
      <TemplateCards
        label={text.templates.label}
        chosen={findTemplate(param)?.id ?? (lesson === null ? starterId : null)}
        onChoose={choose}
        isRow
      />
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
