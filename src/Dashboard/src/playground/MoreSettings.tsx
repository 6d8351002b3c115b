import { memo, useMemo, useState } from 'react';
import type { Catalog, SpecFinding, TechniqueDefinition } from '../api/types';
import { at, childOf, type Json, put } from '../json/pointer';
import { FormContext, type FormState } from '../newRun/form/FormContext';
import { Nodes } from '../newRun/form/Nodes';
import { TechniqueParameters } from '../newRun/form/TechniqueParameters';
import { type FormNode, layoutOf } from '../spec/layout';
import { fieldLabel } from '../text/labels';
import { text } from '../text/text';
import { isPlaced, specOf } from './document';
import type { More } from './settings';
import type { Edit } from './usePlayground';

/** What the page has controls for, and what says nothing of points or of a session. */
const without: ReadonlySet<string> = new Set([
  ...['/data/features', '/data/dataset/testSamples', '/data/augmentation', '/model/kind', '/model/dropout/conv'],
  ...['/training/device', '/training/timeLimitSeconds', '/training/observe', '/training/evaluateTest'],
]);

const isElsewhere = (pointer: string): boolean => without.has(pointer) || isPlaced(pointer);

/** The nodes of the form that the page has no control for. */
const restOf = (nodes: readonly FormNode[], pattern: string): readonly FormNode[] =>
  nodes.flatMap((node): FormNode[] => {
    const pointer = childOf(pattern, node.name);
    if (isElsewhere(pointer) || isPlaced(`${pointer}/name`)) {
      return [];
    }
    return node.type === 'group' ? [{ ...node, nodes: restOf(node.nodes, pointer) }] : [node];
  });

interface Section {
  readonly name: string;
  /** The techniques that the page has a control for, each with what it has none for. */
  readonly chosen: readonly { readonly pointer: string; readonly technique: TechniqueDefinition }[];
  readonly nodes: readonly FormNode[];
}

function sectionsOf(catalog: Catalog, document: Json): readonly Section[] {
  return layoutOf(catalog).flatMap((section) => {
    if (section.type !== 'group') {
      return [];
    }
    const chosen = section.nodes.flatMap((node) => {
      const pointer = `/${section.name}/${node.name}`;
      const technique =
        node.type === 'technique' && isPlaced(`${pointer}/name`)
          ? catalog.techniques.find(({ kind, name }) => kind === node.kind && name === at(document, `${pointer}/name`))
          : undefined;
      const parameters = technique?.parameters.filter(({ name }) => !isElsewhere(childOf(pointer, name))) ?? [];
      return technique === undefined || parameters.length === 0
        ? []
        : [{ pointer, technique: { ...technique, parameters } }];
    });
    return [{ name: section.name, chosen, nodes: restOf(section.nodes, `/${section.name}`) }];
  });
}

interface MoreSettingsProps {
  catalog: Catalog;
  document: Json;
  more: More;
  findings: readonly SpecFinding[];
  edit: Edit;
}

/** Every other setting of the catalog, with the fields of the form for a new run; folded away. It does not change with each frame. */
export const MoreSettings = memo(({ catalog, document, more, findings, edit }: MoreSettingsProps) => {
  const pointers = Object.keys(more);
  const isFound = findings.some(({ pointer }) =>
    pointers.some((own) => `${own}/`.startsWith(`${pointer}/`) || `${pointer}/`.startsWith(`${own}/`)),
  );
  const [isOpen, setOpen] = useState(false);
  const isShown = isOpen || isFound;
  return (
    <details className="more-settings" open={isShown} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {text.playground.more} <small>{[...new Set(pointers.map(labelOf))].join(', ')}</small>
      </summary>
      {isShown && <Fields {...{ catalog, document, findings, edit }} />}
    </details>
  );
});

/** The label of the field that sets a value: a technique is set as a whole. */
function labelOf(pointer: string): string {
  const pattern = pointer.replace(/\/name$/, '');
  return fieldLabel(pattern, pattern.split('/').at(-1) ?? '');
}

function Fields({ catalog, document, findings, edit }: Omit<MoreSettingsProps, 'more'>) {
  const form = useMemo<FormState>(
    () => ({
      catalog,
      document,
      effective: specOf(document),
      findings,
      edit: (pointer, value) => edit((now) => put(now, pointer, value)),
      replace: (next) => edit(() => next),
      showsAll: true,
    }),
    [catalog, document, findings, edit],
  );
  return (
    <FormContext value={form}>
      <div className="more-sections">
        {sectionsOf(catalog, document).map(({ name, chosen, nodes }) => (
          <section key={name} className="more-section">
            <h2>{text.newRun.sections[name]}</h2>
            {chosen.map(({ pointer, technique }) => (
              <fieldset key={pointer} className="group">
                <legend>{technique.title}</legend>
                <TechniqueParameters technique={technique} pointer={pointer} />
              </fieldset>
            ))}
            <Nodes nodes={nodes} pointer={`/${name}`} pattern={`/${name}`} />
          </section>
        ))}
      </div>
    </FormContext>
  );
}
